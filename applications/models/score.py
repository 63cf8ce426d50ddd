"""What one scorer gave one answer of the provider's form."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from applications.models.application import Application
from applications.models.provider_form import ProviderForm

# What each number means, the least first. The same for every question: no form says otherwise.
SCALE = {
    0: "no evidence",
    1: "little evidence",
    2: "some evidence",
    3: "good evidence",
    4: "strong evidence",
}
MOST = max(SCALE)
# With so many people's scores the application is ready to be decided.
ENOUGH_SCORERS = 2
# From such a difference on the two should talk before somebody decides.
FAR_APART = 2


class Score(models.Model):
    """Written by `actions.scoring`: all of a scorer's at once, changed until the decision and kept after it."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="scores")
    scorer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    question = models.SlugField(max_length=40)
    form = models.ForeignKey(
        ProviderForm, models.PROTECT, related_name="+", help_text="The version that the question is of."
    )
    score = models.PositiveSmallIntegerField()
    comment = models.TextField(blank=True)
    submitted_at = models.DateTimeField()

    class Meta:
        ordering = ["application", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "scorer", "question"], name="score_once_per_scorer_and_question"
            ),
            models.CheckConstraint(condition=Q(score__lte=MOST), name="score_is_on_the_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.score}"
