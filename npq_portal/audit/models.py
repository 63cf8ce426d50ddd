"""What was done, by whom, to what: rows of text that outlive their subjects.

There are no foreign keys and nothing personal in a row, so erasing a person needs no change here. A trigger
refuses UPDATE, DELETE and TRUNCATE, even to the table's owner.
"""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


def reference(instance: models.Model) -> str:
    """How audit rows name a row: "applications.application:<primary key>"."""
    return f"{instance._meta.label_lower}:{instance.pk}"


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def about(self, subject: models.Model) -> "AuditEventQuerySet":
        """Everything recorded about `subject`, oldest first."""
        return self.filter(subject=reference(subject)).order_by("at", "pk")


class AuditEvent(models.Model):
    at = models.DateTimeField()
    # "user:<uuid>", "system", or the reference of another row (a sponsor has no account).
    actor = models.CharField(max_length=120)
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=160)
    old = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    new = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    note = models.TextField(blank=True)
    # What it came through when that was not a person at a page: the name of a command or task.
    source = models.CharField(max_length=80, blank=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject", "at"], name="audit_event_by_subject"),
            models.Index(fields=["-at", "-id"], name="audit_event_newest_first"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(actor=""), name="audit_event_has_an_actor"),
            models.CheckConstraint(
                condition=models.Q(action__regex=r"^[a-z_]+\.[a-z_]+$"),
                name="audit_event_action_is_app_dot_verb",
            ),
            models.CheckConstraint(
                condition=models.Q(subject__regex=r"^[a-z_]+\.[a-z_]+:."),
                name="audit_event_subject_is_a_reference",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"
