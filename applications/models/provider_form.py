"""The questions that a provider asks after the registration, as versioned data."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from applications.form_definition import Question, UnusableForm, parse
from catalogue.models import LeadProvider


class ProviderFormQuerySet(models.QuerySet["ProviderForm"]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def current_for(self, provider: LeadProvider | None) -> "ProviderForm":
        """The provider's newest published version, else the newest of the portal's own form.

        Raises ProviderForm.DoesNotExist where neither has been published.
        """
        own = Q(provider=provider)
        form = (
            self.published()
            .filter(own | Q(provider__isnull=True))
            .order_by(models.Case(models.When(own, then=0), default=1), "-version")
            .first()
        )
        if form is None:
            raise ProviderForm.DoesNotExist("No form has been published yet.")
        return form


class ProviderForm(models.Model):
    """One version. Once published it never changes: a change is a new one, and answers keep theirs."""

    provider = models.ForeignKey(
        LeadProvider,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="forms",
        help_text="Leave empty for the form that providers without their own use.",
    )
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    questions = models.JSONField(
        help_text="A list of questions; applications/form_definition.py names the parts."
    )
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ProviderFormQuerySet.as_manager()

    class Meta:
        ordering = ["provider", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "version"], nulls_distinct=False, name="provider_form_version_unique"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="provider_form_version_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"

    def clean(self) -> None:
        try:
            parse(self.questions)
        except UnusableForm as problem:
            raise ValidationError({"questions": str(problem)}) from problem

    @property
    def definition(self) -> tuple[Question, ...]:
        return parse(self.questions)
