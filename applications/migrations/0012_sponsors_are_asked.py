"""Sponsors are asked by a mailed link, one after another. Those there are were only named, and stay so."""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

# Going back, an application has one sponsor again: the last.
LAST_ALONE = """
DELETE FROM applications_sponsor AS earlier USING applications_sponsor AS later
WHERE later.application_id = earlier.application_id AND later.id > earlier.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0011_changes_until_the_decision"),
    ]

    operations = [
        migrations.CreateModel(
            name="SponsorLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_hash", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.AlterModelOptions(
            name="sponsor",
            options={"ordering": ["application", "pk"]},
        ),
        migrations.AddField(
            model_name="sponsor",
            name="answered_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="sponsor",
            name="asked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="sponsor",
            name="expires_at",
            field=models.DateTimeField(blank=True, help_text="Until when the links work.", null=True),
        ),
        migrations.AddField(
            model_name="sponsor",
            name="reason",
            field=models.TextField(blank=True, help_text="Why they declined: the applicant reads it."),
        ),
        migrations.AddField(
            model_name="sponsor",
            name="reminders_sent",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="sponsor",
            name="role",
            field=models.CharField(
                blank=True,
                choices=[
                    ("headteacher", "Headteacher or principal"),
                    ("setting_manager", "Manager of the nursery or other setting"),
                    ("senior_leader", "Another senior leader, or my line manager"),
                    ("chair_of_governors", "Chair of governors"),
                    ("trust_leader", "Chair of trustees, or chief executive of the trust"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="sponsor",
            name="state",
            field=models.CharField(
                choices=[
                    ("named", "named"),
                    ("waiting", "waiting"),
                    ("endorsed", "endorsed"),
                    ("declined", "declined"),
                    ("wrong_person", "wrong_person"),
                    ("replaced", "replaced"),
                ],
                default="named",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="sponsor",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sponsors",
                to="applications.application",
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, LAST_ALONE),
        migrations.AddIndex(
            model_name="sponsor",
            index=models.Index(
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(("state", "waiting")),
                name="sponsor_waiting_by_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="sponsor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["declined", "endorsed", "named", "replaced", "waiting", "wrong_person"])
                ),
                name="sponsor_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sponsor",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("endorsed", "named", "waiting"))),
                fields=("application",),
                name="sponsor_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="sponsor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("state", "named")), ("asked_at__isnull", True), ("expires_at__isnull", True)
                    ),
                    models.Q(
                        models.Q(("state", "named"), _negated=True),
                        ("asked_at__isnull", False),
                        ("expires_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="sponsor_asked_until_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="sponsor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answered_at__isnull", False),
                        ("state__in", ("declined", "endorsed", "wrong_person")),
                    ),
                    models.Q(
                        models.Q(("state__in", ("declined", "endorsed", "wrong_person")), _negated=True),
                        ("answered_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="sponsor_answered_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="sponsor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "declined"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="sponsor_declined_has_a_reason",
            ),
        ),
        migrations.AddField(
            model_name="sponsorlink",
            name="sponsor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="links", to="applications.sponsor"
            ),
        ),
        migrations.AddConstraint(
            model_name="sponsorlink",
            constraint=models.UniqueConstraint(fields=("token_hash",), name="sponsor_link_token_unique"),
        ),
    ]
