"""What the applicant and the provider write to each other about one application. Both read all of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from applications.models.application import Application


class Message(models.Model):
    application = models.ForeignKey(Application, models.CASCADE, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    from_applicant = models.BooleanField()
    asks = models.BooleanField("asks for more information", default=False)
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="message_says_something"),
            models.CheckConstraint(
                condition=Q(asks=False) | Q(from_applicant=False), name="message_only_staff_ask_for_more"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
