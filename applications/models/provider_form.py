"""The questions that a provider asks after the registration, as versioned data."""

from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Q, When

from applications.form_definition import Definition, UnusableForm, parse
from applications.vocabulary import Purpose, purpose_of
from catalogue.models import LeadProvider, Qualification

if TYPE_CHECKING:
    from npq_portal.accounts.models import User

PURPOSE_CHOICES = [(purpose.value, purpose.label) for purpose in Purpose]
DRAFT = Q(published_at__isnull=True)


class ProviderFormQuerySet(models.QuerySet["ProviderForm"]):
    def published(self) -> Self:
        return self.exclude(DRAFT)

    def drafts(self) -> Self:
        return self.filter(DRAFT)

    def visible_to(self, user: "User") -> Self:
        """All for portal staff; for provider staff their own provider's, and the portal's own; none for others."""
        if user.sees_everything:
            return self
        if not user.works_here or not user.provider_memberships.exists():
            return self.none()
        theirs = Q(provider__in=user.provider_memberships.values("provider"))
        return self.filter(theirs | Q(provider__isnull=True) & ~DRAFT)

    def newest_of(self, provider: LeadProvider | None, purpose: str) -> "ProviderForm | None":
        """The version in use, where one was published for just this purpose."""
        mine = self.published().filter(provider=provider, purpose=purpose)
        return mine.order_by("-version").first()

    def current_for(
        self, provider: LeadProvider | None, qualification: Qualification | None
    ) -> "ProviderForm":
        """The newest published version: the provider's own before the portal's, and of each the one meant for the NPQ.

        Raises ProviderForm.DoesNotExist where none fits.
        """
        purpose = purpose_of(qualification.identifier if qualification else "")
        fits = Q(purpose=purpose) | Q(purpose=Purpose.GENERAL.value)
        form = (
            self.published()
            .filter(Q(provider=provider) | Q(provider__isnull=True), fits)
            .order_by(
                Case(When(Q(provider=provider), then=0), default=1),
                Case(When(purpose=purpose, then=0), default=1),
                "-version",
            )
            .first()
        )
        if form is None:
            raise ProviderForm.DoesNotExist("No form has been published yet.")
        return form


class ProviderForm(models.Model):
    """One version. Once published it never changes, and a trigger in the database refuses to: a change is a new
    version, and answers keep theirs. Until then it is a draft that no applicant sees.
    """

    provider = models.ForeignKey(
        LeadProvider,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="forms",
        verbose_name="lead provider",
        help_text="Leave empty for the form that providers without their own use.",
    )
    purpose = models.CharField("for", max_length=10, choices=PURPOSE_CHOICES, default=Purpose.GENERAL.value)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    questions = models.JSONField(
        help_text="A list of questions; applications/form_definition names the parts."
    )
    edited_at = models.DateTimeField(null=True, blank=True, help_text="When the draft was last saved.")
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ProviderFormQuerySet.as_manager()

    class Meta:
        ordering = ["provider", "purpose", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "purpose", "version"],
                nulls_distinct=False,
                name="provider_form_version_unique",
            ),
            models.UniqueConstraint(
                fields=["provider", "purpose"],
                condition=DRAFT,
                nulls_distinct=False,
                name="provider_form_one_draft",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="provider_form_version_from_1"),
            models.CheckConstraint(
                condition=Q(purpose__in=sorted(purpose.value for purpose in Purpose)),
                name="provider_form_purpose_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"

    def clean(self) -> None:
        try:
            parse(self.questions)
        except UnusableForm as problem:
            raise ValidationError({"questions": str(problem)}) from problem

    @property
    def definition(self) -> Definition:
        """Raises UnusableForm where what is stored could not be asked."""
        return parse(self.questions)
