"""Near names are found by an index, and a partner that was merged into another leaves its name and address to it."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions as functions
from django.db import migrations, models

# Two tables, so no unique index sees both. What a partner was called itself before it took a new name does not count.
NAMES = """
CREATE FUNCTION catalogue_partner_name_is_one_partners() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE taken boolean;
BEGIN
  IF TG_TABLE_NAME = 'catalogue_deliverypartner' THEN
    taken := EXISTS (SELECT FROM catalogue_partneralias alias WHERE alias.partner_id <> NEW.id
      AND (lower(alias.name) = lower(NEW.name) OR alias.slug = NEW.slug));
  ELSE
    taken := EXISTS (SELECT FROM catalogue_deliverypartner partner WHERE partner.id <> NEW.partner_id
      AND (lower(partner.name) = lower(NEW.name) OR partner.slug = NEW.slug));
  END IF;
  IF taken THEN
    RAISE EXCEPTION 'another delivery partner is or was called %, against partner_name_is_one_partners', NEW.name
      USING ERRCODE = 'unique_violation', CONSTRAINT = 'partner_name_is_one_partners';
  END IF;
  RETURN NEW;
END $$
"""
OF_PARTNERS = """
CREATE TRIGGER partner_name_is_one_partners BEFORE INSERT OR UPDATE OF name, slug ON catalogue_deliverypartner
  FOR EACH ROW EXECUTE FUNCTION catalogue_partner_name_is_one_partners()
"""
OF_ALIASES = """
CREATE TRIGGER partner_name_is_one_partners BEFORE INSERT OR UPDATE ON catalogue_partneralias
  FOR EACH ROW EXECUTE FUNCTION catalogue_partner_name_is_one_partners()
"""
VERSION_MOVES = """
CREATE CONSTRAINT TRIGGER catalogue_changed AFTER INSERT OR UPDATE OR DELETE ON catalogue_partneralias
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION catalogue_changed()
"""


def without(text: models.Func, pattern: str, instead: str) -> models.Func:
    return models.Func(
        text,
        models.Value(pattern),
        models.Value(instead),
        models.Value("g"),
        function="regexp_replace",
    )


lowered = functions.Lower(models.F("name"))
without_signs = without(
    without(functions.Replace(lowered, models.Value("&"), models.Value(" and ")), "['\u2019]", ""),
    "[^[:alnum:]]+",
    " ",
)
plain_name = functions.Coalesce(
    functions.NullIf(
        functions.Trim(
            without(
                without_signs,
                "(\\y(the|and|of|ltd|limited|plc|llp|cic|trust|multi academy|mat|teaching school hub|tsh)\\y| )+",
                " ",
            )
        ),
        models.Value(""),
    ),
    lowered,
)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0037_invitations")]

    operations = [
        migrations.AddField(
            model_name="deliverypartner",
            name="plain_name",
            field=models.GeneratedField(
                db_persist=True, expression=plain_name, output_field=models.TextField()
            ),
        ),
        migrations.AddIndex(
            model_name="deliverypartner",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("plain_name", "gin_trgm_ops"),
                fastupdate=False,
                name="delivery_partner_by_plain_name",
            ),
        ),
        migrations.CreateModel(
            name="PartnerAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=160, unique=True)),
                ("slug", models.SlugField(max_length=160, unique=True)),
                (
                    "former_key",
                    models.BigIntegerField(
                        help_text="The primary key of the partner that is gone.", unique=True
                    ),
                ),
                ("merged_at", models.DateTimeField()),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aliases",
                        to="catalogue.deliverypartner",
                    ),
                ),
            ],
            options={"ordering": ["name"], "verbose_name_plural": "partner aliases"},
        ),
        migrations.CreateModel(
            name="DifferentPartners",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("said_at", models.DateTimeField()),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalogue.deliverypartner",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalogue.deliverypartner",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("one__lt", models.F("other"))), name="different_partners_in_order"
                    ),
                    models.UniqueConstraint(fields=("one", "other"), name="different_partners_once"),
                ],
            },
        ),
        migrations.RunSQL(NAMES, "DROP FUNCTION catalogue_partner_name_is_one_partners()"),
        migrations.RunSQL(
            OF_PARTNERS, "DROP TRIGGER partner_name_is_one_partners ON catalogue_deliverypartner"
        ),
        migrations.RunSQL(OF_ALIASES, "DROP TRIGGER partner_name_is_one_partners ON catalogue_partneralias"),
        migrations.RunSQL(VERSION_MOVES, "DROP TRIGGER catalogue_changed ON catalogue_partneralias"),
    ]
