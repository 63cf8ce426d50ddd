"""A form of a stock change page knows what was on the page when it was read, and refuses where that is no more so.

The page carries a hidden mark: when it was read, and a digest of each value that it showed. Where somebody else has
changed one of them since, nothing is saved: the form comes again with what the person entered, and with what it is now
where they had entered nothing. What already is as they want it is no conflict: posting twice saves once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format

if TYPE_CHECKING:
    Base = forms.ModelForm[Any]
else:
    Base = forms.ModelForm

# The name of the hidden field.
MARK = "as_read"
Who = Callable[[models.Model, datetime | None], str]
ENTERED = (
    "It was changed to “{now}” after you opened this page. What you entered is still here: change or keep it."
)
UNTOUCHED = "It was changed after you opened this page, and is shown as it is now."


def mark_of(form: Base, now: datetime) -> str:
    """When it was read, and "name=digest" of each field; "" for a form that has a mark of its own, called `seen`."""
    if "seen" in form.fields:
        return ""
    shown = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return " ".join([now.isoformat(), *(f"{name}={_digest(name, value)}" for name, value in shown.items())])


def told_when_stale(made: type[Base], who: Who) -> type[Base]:
    """`made`, for a row that is there. `who` says who changed it since a moment: "Jo Smith", or "Somebody else"."""

    class Form(made):  # type: ignore[misc, valid-type]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            # As it was read from the database: the form writes what was entered onto the row itself.
            self.was = values_of(self.instance)

        def full_clean(self) -> None:
            super().full_clean()
            if self.is_bound and "seen" not in self.fields:
                _refuse_stale(self, who)

    Form.__name__ = made.__name__
    return Form


def values_of(row: models.Model) -> dict[str, Any]:
    """Of each column that was read."""
    names = [field.attname for field in row._meta.concrete_fields]
    return {name: row.__dict__[name] for name in names if name in row.__dict__}


def changed_columns(row: models.Model, was: dict[str, Any]) -> list[str]:
    """What `save(update_fields=...)` has to write, so that it writes nothing else; with the time of the change."""
    now = values_of(row)
    changed = {name for name in now if name not in was or now[name] != was[name]}
    fields = row._meta.concrete_fields
    return [
        field.name
        for field in fields
        if field.attname in changed or (changed and getattr(field, "auto_now", False))
    ]


def _refuse_stale(form: Any, who: Who) -> None:
    at, *parts = form.data.get(MARK, "").split() or [""]
    read = dict(part.partition("=")[::2] for part in parts)
    given, data, told = dict(form.cleaned_data), form.data.copy(), []
    for name, field in form.fields.items():
        now = form.get_initial_for_field(field, name)
        is_now = _digest(name, now)
        entered = _digest(name, given[name]) if name in given else ""
        if read.get(name, is_now) == is_now or entered == is_now:
            continue
        told.append(str(form[name].label).lower())
        if entered == read[name]:
            _put(data, form.add_prefix(name), field.prepare_value(now))
            form.add_error(name, UNTOUCHED)
        else:
            form.add_error(name, ENTERED.format(now=_in_words(field, now)))
    if told:
        form.data = data
        somebody = who(form.instance, _moment(at))
        form.add_error(
            None,
            f"{somebody} changed this after you opened the page: {', '.join(told)}. Look at what is marked below, "
            "then save again.",
        )


def _put(data: Any, name: str, value: Any) -> None:
    if isinstance(value, list):
        data.setlist(name, value)
    else:
        data[name] = value


def _digest(name: str, value: Any) -> str:
    """Keyed, since a page may stay in a cache for longer than what it tells."""
    return salted_hmac("npq_portal.staff.stale", f"{name}={_plain(value)}").hexdigest()[:16]


def _plain(value: Any) -> str:
    """The same for a value of the row, and for what the form makes of the page's own."""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, (list, models.QuerySet)):
        return ",".join(sorted(_plain(each) for each in value))
    if isinstance(value, datetime) and timezone.is_aware(value):
        return str(value.timestamp())
    return "" if value is None else str(value).replace("\r\n", "\n")


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return "ticked" if value else "not ticked"
    if value in (None, ""):
        return "empty"
    if isinstance(value, date):
        return date_format(value)
    if isinstance(field, forms.ModelChoiceField):
        return str(field.queryset.filter(pk=value).first() or "another") if field.queryset is not None else ""
    choices = dict(getattr(field, "choices", ()))
    return str(choices.get(value, value))


def _moment(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        return None
