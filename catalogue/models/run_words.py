"""How a course run stands, how it is taught, and on which days: the words that its columns may hold."""

from django.db import models


class State(models.TextChoices):
    ANNOUNCED = "announced", "Announced"
    OPEN = "open", "Open"
    FULL = "full", "Full"
    WAITING_LIST = "waiting_list", "Waiting list"
    CLOSED = "closed", "Closed"
    RUNNING = "running", "Running"
    CANCELLED = "cancelled", "Cancelled"


class Mode(models.TextChoices):
    FACE_TO_FACE = "face_to_face", "Face to face"
    BLENDED = "blended", "Blended"
    ONLINE = "online", "Online"


class Days(models.TextChoices):
    WEEKDAY = "weekday", "Weekdays, in school hours"
    TWILIGHT = "twilight", "Weekdays, after school"
    SATURDAY = "saturday", "Saturdays"
