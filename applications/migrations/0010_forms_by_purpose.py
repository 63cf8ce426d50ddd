"""Forms for some NPQs beside those for any, one draft at a time, and no change of what is published."""

import django.db.models.deletion
from django.db import migrations, models

# Going back, purposes are lost: what was for headship becomes older than what was for any NPQ, and stays unused.
OLDER_THAN_GENERAL = """
UPDATE applications_providerform AS general SET version = version + headship.newest
FROM (
    SELECT provider_id, max(version) AS newest FROM applications_providerform
    WHERE purpose = 'headship' GROUP BY provider_id
) AS headship
WHERE general.purpose = 'general' AND general.provider_id IS NOT DISTINCT FROM headship.provider_id
"""
REFUSE = """
CREATE FUNCTION applications_refuse_published_form() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published form never changes: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER provider_form_published_is_kept BEFORE UPDATE OR DELETE ON applications_providerform
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION applications_refuse_published_form();
"""
ALLOW = """
DROP TRIGGER provider_form_published_is_kept ON applications_providerform;
DROP FUNCTION applications_refuse_published_form();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0009_back_from_offers"),
        ("catalogue", "0026_what_an_alert_knows"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="providerform",
            options={"ordering": ["provider", "purpose", "-version"]},
        ),
        migrations.RemoveConstraint(
            model_name="providerform",
            name="provider_form_version_unique",
        ),
        migrations.AddField(
            model_name="providerform",
            name="edited_at",
            field=models.DateTimeField(blank=True, help_text="When the draft was last saved.", null=True),
        ),
        migrations.AddField(
            model_name="providerform",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("general", "Any NPQ"),
                    ("headship", "Headship and the Early Headship Coaching Offer"),
                ],
                default="general",
                max_length=10,
                verbose_name="for",
            ),
        ),
        migrations.AlterField(
            model_name="providerform",
            name="provider",
            field=models.ForeignKey(
                blank=True,
                help_text="Leave empty for the form that providers without their own use.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="forms",
                to="catalogue.leadprovider",
                verbose_name="lead provider",
            ),
        ),
        migrations.AlterField(
            model_name="providerform",
            name="questions",
            field=models.JSONField(
                help_text="A list of questions; applications/form_definition names the parts."
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, OLDER_THAN_GENERAL),
        migrations.AddConstraint(
            model_name="providerform",
            constraint=models.UniqueConstraint(
                fields=("provider", "purpose", "version"),
                name="provider_form_version_unique",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="providerform",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published_at__isnull", True)),
                fields=("provider", "purpose"),
                name="provider_form_one_draft",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="providerform",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["general", "headship"])),
                name="provider_form_purpose_is_known",
            ),
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
