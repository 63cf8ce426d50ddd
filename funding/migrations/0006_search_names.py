"""What the new workplace search reads, and the function that finds and orders names."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# must: tsqueries to try in turn; the first that finds anything is the one.
# good: a tsquery that a good answer fits.
# first_piece: how a name may begin, to be put before its equals.
# queries, kinds, tellings, bonuses: what a name gains for each query that it fits. What its own words are worth (cost)
# beyond the kinds and tellings that were asked for counts against it, ever less the more there is.
#
# A function, for its plan is kept: planned anew for each search, the planning took half the time. ROWS and MATERIALIZED
# keep the planner from reading whole tables.
FIND_NAMES = """
CREATE FUNCTION funding_find_names(
    must tsquery[], good tsquery, first_piece text,
    queries tsquery[], kinds float8[], tellings float8[], bonuses float8[], most int, only_open boolean
) RETURNS TABLE (establishment_id bigint, name text, former boolean, score numeric, strong boolean, total bigint, more boolean)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 10 SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    wanted tsquery;
BEGIN
    FOREACH wanted IN ARRAY must LOOP
        RETURN QUERY
        WITH hit AS MATERIALIZED (  -- of the very many that fit "london" or "school", those with the shortest names
            SELECT n.establishment_id, n.name, n.former, n.is_open, n.cost, n.vector
            FROM funding_searchname n WHERE n.vector @@ wanted AND (n.is_open OR NOT only_open)
            ORDER BY n.is_open DESC, n.cost, n.id LIMIT 1000
        ), best AS (
            SELECT DISTINCT ON (n.establishment_id)
                n.establishment_id, n.name, n.former, n.is_open, n.vector @@ good AS strong, round((
                    kind + bonus - 1.2 * ln(1 + greatest(0, n.cost - kind - telling))
                    - CASE WHEN n.former THEN 1.0 ELSE 0 END
                    + CASE WHEN starts_with(lower(n.name), first_piece) THEN 0.3 ELSE 0 END
                )::numeric, 2) AS score
            FROM hit n CROSS JOIN LATERAL (
                SELECT coalesce(sum(p.kind), 0) AS kind, coalesce(sum(p.telling), 0) AS telling,
                    coalesce(sum(p.bonus), 0) AS bonus
                FROM unnest(queries, kinds, tellings, bonuses) AS p (query, kind, telling, bonus)
                WHERE n.vector @@ p.query
            ) AS gained
            ORDER BY n.establishment_id, score DESC, n.former, n.name
        )
        SELECT best.establishment_id, best.name::text, best.former, best.score, best.strong, count(*) OVER (),
            (SELECT count(*) = 1000 FROM hit)
        FROM best ORDER BY best.is_open DESC, best.score DESC, best.name, best.establishment_id
        LIMIT most;
        IF FOUND THEN
            RETURN;
        END IF;
    END LOOP;
END
$$
"""
NO_FIND_NAMES = """
DROP FUNCTION funding_find_names(
    tsquery[], tsquery, text, tsquery[], float8[], float8[], float8[], int, boolean
)
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0005_imports_with_history_and_previews")]
    operations = [
        migrations.CreateModel(
            name="SearchName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(help_text="As it is, or was, written.", max_length=160)),
                ("former", models.BooleanField(help_text="A name of one that it followed.")),
                ("is_open", models.BooleanField(help_text="The establishment may be picked.")),
                ("cost", models.FloatField(help_text="What the words of the name are worth together.")),
                ("vector", django.contrib.postgres.search.SearchVectorField()),
                (
                    "establishment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_names",
                        to="funding.establishment",
                    ),
                ),
            ],
            options={
                "ordering": ["establishment", "former", "name"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["vector"], name="search_name_words")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "name", "former"), name="search_name_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.CharField(max_length=160, primary_key=True, serialize=False)),
                ("rows", models.PositiveIntegerField(help_text="How many names hold it.")),
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
                    django.contrib.postgres.indexes.GinIndex(fields=["near"], name="search_word_near")
                ],
            },
        ),
        migrations.RunSQL(FIND_NAMES, NO_FIND_NAMES),
    ]
