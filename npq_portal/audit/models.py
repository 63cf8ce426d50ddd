"""What was done, by whom, to what: rows of text that outlive their subjects.

There are no foreign keys and nothing personal in a row, so erasing a person needs no change here. A trigger
refuses UPDATE, DELETE and TRUNCATE, even to the table's owner.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

# What a row is about, without which one: "applications.application".
KIND = models.Func(
    "subject",
    template="split_part(%(expressions)s, ':', 1)",
    output_field=models.CharField(),
)


def _words_of(column: str) -> models.Func:
    return models.Func(
        column,
        template="jsonb_to_tsvector('simple', COALESCE(%(expressions)s, '{}'), '[\"all\"]')",
        output_field=SearchVectorField(),
    )


# The note and both sides of the change: names of fields, texts, numbers.
WORDS = models.Func(
    models.Func("note", template="to_tsvector('simple', %(expressions)s)", output_field=SearchVectorField()),
    _words_of("old"),
    _words_of("new"),
    template="(%(expressions)s)",
    arg_joiner=" || ",
    output_field=SearchVectorField(),
)
# How the actions of looks end (npq_portal.staff.viewing): most rows are of these.
LOOKED = ".viewed"
LOOKS = models.Q(action__endswith=LOOKED)
NEWEST_FIRST = (models.F("at").desc(), models.F("id").desc())


def reference(instance: models.Model) -> str:
    """How audit rows name a row: "applications.application:<primary key>". A proxy's is the row that it is."""
    kind = instance._meta.concrete_model or instance
    return f"{kind._meta.label_lower}:{instance.pk}"


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def about(self, subject: models.Model) -> "AuditEventQuerySet":
        """Everything recorded about `subject`, oldest first."""
        return self.filter(subject=reference(subject)).order_by("at", "pk")

    def of_kind(self, kind: str) -> "AuditEventQuerySet":
        return self.annotate(kind=KIND).filter(kind=kind)

    def saying(self, text: str) -> "AuditEventQuerySet":
        """Those whose note or change has all the words of `text`; "quoted words" side by side, -without a word."""
        query = SearchQuery(text, config="simple", search_type="websearch")
        return self.annotate(words=WORDS).filter(words=query)

    def looks(self) -> "AuditEventQuerySet":
        return self.filter(LOOKS)

    def but_looks(self) -> "AuditEventQuerySet":
        return self.filter(~LOOKS)

    def kinds(self) -> list[str]:
        return _each_once("split_part(subject, ':', 1)")

    def actions(self) -> list[str]:
        return _each_once("action")


def _each_once(expression: str) -> list[str]:
    """The values of an expression that begins an index, each by one step in it: a DISTINCT would read every row."""
    step = f"SELECT {expression} AS value FROM audit_auditevent"  # noqa: S608 - ours alone
    first, next_one = (
        f"{step} ORDER BY 1 LIMIT 1",
        f"{step} WHERE {expression} > found.value ORDER BY 1 LIMIT 1",
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE found AS (({first}) UNION ALL SELECT ({next_one}) FROM found WHERE value IS NOT NULL)"  # noqa: S608
            " SELECT value FROM found WHERE value IS NOT NULL"
        )
        return [value for (value,) in cursor.fetchall()]


class AuditEvent(models.Model):
    at = models.DateTimeField()
    # "user:<uuid>", "system", or the reference of another row (a sponsor has no account).
    actor = models.CharField(max_length=120)
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=160)
    old = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    new = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    note = models.TextField(blank=True)
    # What it came through: a page, a command, a task, or a file that was uploaded.
    source = models.CharField(max_length=80, blank=True)
    # Of a person at a page: never the address, which would be somebody's (see npq_portal.audit.origin).
    network = models.CharField(max_length=43, blank=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject", "at"], name="audit_event_by_subject"),
            models.Index(fields=["-at", "-id"], name="audit_event_newest_first"),
            models.Index("action", *NEWEST_FIRST, name="audit_event_by_action"),
            models.Index("actor", *NEWEST_FIRST, name="audit_event_by_actor"),
            # What somebody changed, who mostly looks.
            models.Index("actor", *NEWEST_FIRST, condition=~LOOKS, name="audit_event_changes_by_actor"),
            models.Index(KIND, *NEWEST_FIRST, name="audit_event_by_kind"),
            GinIndex(WORDS, name="audit_event_words"),
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
            models.CheckConstraint(
                condition=models.Q(network__regex=r"^$|\.0/24$|::/48$"),
                name="audit_event_network_is_no_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"
