"""What the search for childcare settings reads, and the function that finds and orders them."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# As funding_find_names (0006) without former names and closed ones, which no setting has. A number that is typed whole
# comes before an equal one that lacks its letters.
FIND_SETTINGS = """
CREATE FUNCTION funding_find_settings(
    must tsquery[], good tsquery, first_piece text,
    queries tsquery[], kinds float8[], tellings float8[], bonuses float8[], most int
) RETURNS TABLE (setting_id bigint, strong boolean, total bigint, more boolean)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 10 SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    wanted tsquery;
BEGIN
    FOREACH wanted IN ARRAY must LOOP
        RETURN QUERY
        WITH hit AS MATERIALIZED (  -- of the very many that fit "london" or "nursery", those with the shortest names
            SELECT s.setting_id, s.cost, s.vector FROM funding_searchsetting s WHERE s.vector @@ wanted
            ORDER BY s.cost, s.setting_id LIMIT 1000
        )
        SELECT c.id, hit.vector @@ good, count(*) OVER (), (SELECT count(*) = 1000 FROM hit)
        FROM hit JOIN funding_childcaresetting c ON c.id = hit.setting_id CROSS JOIN LATERAL (
            SELECT coalesce(sum(p.kind), 0) AS kind, coalesce(sum(p.telling), 0) AS telling,
                coalesce(sum(p.bonus), 0) AS bonus
            FROM unnest(queries, kinds, tellings, bonuses) AS p (query, kind, telling, bonus)
            WHERE hit.vector @@ p.query
        ) AS gained
        ORDER BY round((
            gained.kind + bonus - 1.2 * ln(1 + greatest(0, hit.cost - gained.kind - telling))
            + CASE WHEN starts_with(lower(c.name), first_piece) OR lower(c.ofsted_urn) = first_piece THEN 0.3 ELSE 0 END
        )::numeric, 2) DESC, c.name, c.ofsted_urn
        LIMIT most;
        IF FOUND THEN
            RETURN;
        END IF;
    END LOOP;
END
$$
"""
NO_FIND_SETTINGS = """
DROP FUNCTION funding_find_settings(tsquery[], tsquery, text, tsquery[], float8[], float8[], float8[], int)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("funding", "0008_search_names_made_of"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchSetting",
            fields=[
                (
                    "setting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_words",
                        serialize=False,
                        to="funding.childcaresetting",
                    ),
                ),
                ("cost", models.FloatField(help_text="What the words of the name are worth together.")),
                ("vector", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "ordering": ["setting"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["vector"], name="search_setting_words")
                ],
            },
        ),
        migrations.CreateModel(
            name="SettingWord",
            fields=[
                ("word", models.CharField(max_length=160, primary_key=True, serialize=False)),
                ("rows", models.PositiveIntegerField(help_text="How many settings hold it.")),
                (
                    "near",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        help_text="See funding.search.spelling.shortened.",
                        size=None,
                    ),
                ),
            ],
            options={
                "ordering": ["word"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["near"], name="setting_word_near")
                ],
            },
        ),
        migrations.RunSQL(FIND_SETTINGS, NO_FIND_SETTINGS),
    ]
