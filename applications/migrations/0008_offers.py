import django.db.models.constraints
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0007_waiting_numbers"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="application",
            name="application_state_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="application",
            name="application_live_once_per_npq_and_term",
        ),
        migrations.RemoveConstraint(
            model_name="application",
            name="application_decided_when_taken_on",
        ),
        migrations.RemoveConstraint(
            model_name="application",
            name="application_past_the_form_has_a_form",
        ),
        migrations.AlterField(
            model_name="application",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("registered", "Registered"),
                    ("form_started", "Form started"),
                    ("awaiting_sponsor", "Waiting for the sponsor"),
                    ("submitted", "With the provider"),
                    ("more_information", "More information asked for"),
                    ("waiting_list", "Waiting list"),
                    ("offered", "Funded place offered"),
                    ("accepted", "Accepted"),
                    ("rejected", "Not accepted"),
                    ("withdrawn", "Withdrawn"),
                    ("active", "In training"),
                    ("deferred", "Training paused"),
                    ("left_training", "Left the training"),
                    ("passed", "Passed"),
                    ("failed", "Did not pass"),
                ],
                default="draft",
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "accepted",
                            "active",
                            "awaiting_sponsor",
                            "deferred",
                            "draft",
                            "failed",
                            "form_started",
                            "left_training",
                            "more_information",
                            "offered",
                            "passed",
                            "registered",
                            "rejected",
                            "submitted",
                            "waiting_list",
                            "withdrawn",
                        ],
                    )
                ),
                name="application_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "accepted",
                            "active",
                            "awaiting_sponsor",
                            "deferred",
                            "form_started",
                            "more_information",
                            "offered",
                            "registered",
                            "submitted",
                            "waiting_list",
                        ],
                    )
                ),
                fields=("applicant", "qualification", "term"),
                name="application_live_once_per_npq_and_term",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(
                            (
                                "state__in",
                                ["accepted", "active", "deferred", "failed", "left_training", "passed"],
                            ),
                            _negated=True,
                        ),
                        models.Q(("decided_at__isnull", False), ("funded_place__isnull", False)),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(
                            (
                                "state__in",
                                [
                                    "awaiting_sponsor",
                                    "draft",
                                    "form_started",
                                    "more_information",
                                    "offered",
                                    "registered",
                                    "submitted",
                                    "waiting_list",
                                ],
                            ),
                            _negated=True,
                        ),
                        models.Q(("decided_at__isnull", True), ("funded_place__isnull", True)),
                        _connector="OR",
                    ),
                ),
                name="application_decided_when_taken_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(models.Q(("state", "waiting_list")), ("waiting_number__isnull", False)),
                    models.Q(
                        models.Q(("state", "waiting_list"), _negated=True), ("waiting_number__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="application_waiting_has_a_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("provider", "qualification", "term", "waiting_number"),
                name="application_waiting_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(models.Q(("state", "offered")), ("offer_ends_at__isnull", False)),
                    models.Q(models.Q(("state", "offered"), _negated=True), ("offer_ends_at__isnull", True)),
                    _connector="OR",
                ),
                name="application_offer_has_an_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "offered"), _negated=True),
                    ("funding_outcome", "funded"),
                    _connector="OR",
                ),
                name="application_offer_needs_funding",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "state__in",
                            [
                                "accepted",
                                "active",
                                "awaiting_sponsor",
                                "deferred",
                                "failed",
                                "form_started",
                                "left_training",
                                "more_information",
                                "offered",
                                "passed",
                                "submitted",
                                "waiting_list",
                            ],
                        ),
                        _negated=True,
                    ),
                    ("form__isnull", False),
                    _connector="OR",
                ),
                name="application_past_the_form_has_a_form",
            ),
        ),
    ]
