"""Times that the audit trail is asked about, as people call them: "yesterday", "on Tuesday", "last week". Pure."""

from datetime import date, timedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY, WEEK = timedelta(days=1), timedelta(days=7)


def period(name: str, today: date) -> tuple[date, date]:
    """The first and the last day of it. A weekday is the last such day before today. Raises KeyError for others."""
    monday = today - timedelta(days=today.weekday())
    known = {
        "today": (today, today),
        "yesterday": (today - DAY, today - DAY),
        "this week": (monday, today),
        "last week": (monday - WEEK, monday - DAY),
        "30 days": (today - timedelta(days=29), today),
        **{day: (when, when) for day, when in _days_before(today).items()},
    }
    return known[name]


def choices(today: date) -> list[tuple[str, str]]:
    """Of a form: the name of each period, and what it is called with its days."""
    days = sorted(_days_before(today).items(), key=lambda each: each[1], reverse=True)
    monday, sunday = period("last week", today)
    return [
        ("today", f"Today, {_day(today)}"),
        ("yesterday", f"Yesterday, {_day(today - DAY)}"),
        *((name, f"On {_day(when)}") for name, when in days[1:]),
        ("this week", "This week, since Monday"),
        ("last week", f"Last week, {_day(monday)} to {_day(sunday)}"),
        ("30 days", "The last 30 days"),
    ]


def _days_before(today: date) -> dict[str, date]:
    """The seven before it, by their weekday."""
    days = [today - timedelta(days=ago) for ago in range(1, 8)]
    return {WEEKDAYS[day.weekday()]: day for day in days}


def _day(day: date) -> str:
    return f"{day:%A %-d %B}"
