"""Narrowing the list of course runs to those that somebody has to see to."""

from typing import Any, cast

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from catalogue.models import CourseRun
from catalogue.models.course_run import CourseRunQuerySet
from catalogue.staleness import CONCERNS


class ToSeeTo(admin.SimpleListFilter):
    title = "what to see to"
    parameter_name = "see_to"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(key, concern.title) for key, concern in CONCERNS.items()]

    def queryset(
        self, request: HttpRequest, queryset: "models.QuerySet[CourseRun]"
    ) -> "models.QuerySet[CourseRun]":
        concern = CONCERNS.get(self.value() or "")
        return concern.of(cast(CourseRunQuerySet, queryset), timezone.localdate()) if concern else queryset
