"""A file of course runs that was looked at, and waits to be put in use."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from npq_portal.accounts.models import User


class RunUploadQuerySet(models.QuerySet["RunUpload"]):
    def visible_to(self, user: User) -> Self:
        """A preview is for the person who uploaded the file."""
        return self.filter(by=user)

    def expired(self, now: datetime) -> Self:
        return self.filter(expires_at__lte=now)


class RunUpload(models.Model):
    """The rows as they stand in the file: what they would do is worked out anew for each look at them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    rows = models.JSONField(help_text="The number of each row in the file, and its cells by column.")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    objects = RunUploadQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="run_upload_expires_later")
        ]

    def __str__(self) -> str:
        return self.file_name
