from django.db import migrations, models

# Who was closed as dormant is active again, and no staff: they may be an applicant too.
LET_OUT = "UPDATE accounts_user SET is_active = true, is_staff = false WHERE dormant_at IS NOT NULL"
CLOSED = "UPDATE accounts_user SET is_active = false, is_staff = true WHERE dormant_at IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_merged")]

    operations = [
        migrations.RemoveConstraint(model_name="user", name="user_dormant_is_closed"),
        migrations.RemoveConstraint(model_name="user", name="user_portal_staff_is_staff"),
        migrations.RunSQL(LET_OUT, CLOSED),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_portal_staff", False),
                    ("is_staff", True),
                    ("dormant_at__isnull", False),
                    _connector="OR",
                ),
                name="user_portal_staff_is_staff",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("dormant_at__isnull", True), ("is_staff", False), _connector="OR"),
                name="user_dormant_is_no_staff",
            ),
        ),
    ]
