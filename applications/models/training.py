"""What became of somebody who was accepted: each change of their training, with its day and the reason."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from applications.models.application import Application
from applications.states import Action

WORDS: dict[Action, str] = {
    Action.START_TRAINING: "Started the training",
    Action.DEFER: "Paused the training",
    Action.RESUME: "Went on with the training",
    Action.LEAVE_TRAINING: "Left the training",
    Action.PASS: "Passed",
    Action.FAIL: "Did not pass",
}
# What the person did not simply do in the ordinary course of things wants a reason.
WITH_A_REASON = (Action.DEFER, Action.LEAVE_TRAINING, Action.FAIL)


class TrainingChange(models.Model):
    """Written by `actions.training`, together with the move of the state. Never changed, but for the reason of a person
    who is erased.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="training")
    action = models.CharField(
        max_length=20, choices=[(action.value, words) for action, words in WORDS.items()]
    )
    on = models.DateField(help_text="The day from which it counts.")
    reason = models.TextField(blank=True, help_text="The applicant reads it word for word.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(action__in=sorted(action.value for action in WORDS)),
                name="training_change_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(action__in=sorted(action.value for action in WITH_A_REASON)) | ~Q(reason=""),
                name="training_change_says_why",
            ),
            models.CheckConstraint(
                condition=Q(on__gte=date(2017, 1, 1), on__lt=date(2100, 1, 1)),
                name="training_change_on_a_possible_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{WORDS[Action(self.action)]}, {self.on:%-d %B %Y}"
