"""What a person has answered: to the registration's questions, and to the provider's form."""

from django.db import models

from applications.models.application import Application


class Answer(models.Model):
    """The answer to one step of the registration, as given.

    `value` maps the step's field names to their values.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="answers")
    step = models.SlugField(max_length=40)
    value = models.JSONField()
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["application", "answered_at"]
        constraints = [models.UniqueConstraint(fields=["application", "step"], name="answer_once_per_step")]

    def __str__(self) -> str:
        return self.step


class FormAnswer(models.Model):
    """The answer to one question of the provider's form, by the question's key."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="form_answers")
    question = models.SlugField(max_length=40)
    value = models.JSONField()
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["application", "id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "question"], name="form_answer_once_per_question")
        ]

    def __str__(self) -> str:
        return self.question
