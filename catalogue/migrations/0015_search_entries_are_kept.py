"""The database keeps the search's entries with what they describe."""

from django.db import migrations

# What is said of the things of one kind. The query is text to Postgres, so later changes of these tables stay free.
ENTRIES = """
CREATE FUNCTION catalogue_search_entries(which text, keys bigint[])
RETURNS TABLE (key bigint, title text, about text, text text) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  IF which = 'qualification' THEN RETURN QUERY
    SELECT id, name::text, code::text, concat_ws(' ', summary, audience, (
        SELECT string_agg(fact.text, ' ' ORDER BY fact.kind, fact.position)
        FROM catalogue_qualificationfact fact WHERE fact.qualification_id = npq.id AND fact.certain))
    FROM catalogue_qualification npq WHERE id = ANY(keys) AND NOT hidden;
  ELSIF which = 'section' THEN RETURN QUERY
    SELECT section.id, section.title::text, concat_ws(' ', npq.name, npq.code), section.summary::text
    FROM catalogue_frameworksection section JOIN catalogue_qualification npq ON npq.id = section.qualification_id
    WHERE section.id = ANY(keys) AND NOT npq.hidden;
  ELSIF which = 'statement' THEN RETURN QUERY
    SELECT statement.id, concat(CASE statement.kind WHEN 'learn_that' THEN 'Learn that ' ELSE 'Learn how to ' END,
      statement.number), concat_ws(' ', npq.name, npq.code, section.title), statement.text
    FROM catalogue_frameworkstatement statement
    JOIN catalogue_frameworksection section ON section.id = statement.section_id
    JOIN catalogue_qualification npq ON npq.id = section.qualification_id
    WHERE statement.id = ANY(keys) AND NOT npq.hidden;
  ELSIF which = 'provider' THEN RETURN QUERY
    SELECT id, name::text, '', note::text FROM catalogue_leadprovider WHERE id = ANY(keys);
  ELSIF which = 'hub' THEN RETURN QUERY
    SELECT id, name::text, code::text, concat_ws(' ', 'Led by ' || lead_school_name || '.', 'Serves ' || (
        SELECT string_agg(district_name, ', ' ORDER BY district_name)
        FROM (SELECT DISTINCT district_name FROM catalogue_hubarea WHERE hub_id = hub.id) district) || '.')
    FROM catalogue_teachingschoolhub hub WHERE id = ANY(keys);
  ELSIF which = 'partner' THEN RETURN QUERY
    SELECT id, name::text, '', '' FROM catalogue_deliverypartner WHERE id = ANY(keys);
  ELSIF which = 'run' THEN RETURN QUERY
    SELECT run.id, npq.name::text, npq.code::text, concat_ws(', ', provider.name, hub.name, partner.name, term.name)
    FROM catalogue_courserun run
    JOIN catalogue_qualification npq ON npq.id = run.qualification_id
    JOIN catalogue_leadprovider provider ON provider.id = run.provider_id
    JOIN catalogue_term term ON term.id = run.term_id
    LEFT JOIN catalogue_teachingschoolhub hub ON hub.id = run.hub_id
    LEFT JOIN catalogue_deliverypartner partner ON partner.id = run.partner_id
    WHERE run.id = ANY(keys) AND NOT npq.hidden;
  END IF;
END $$
"""
# Brings the entries of these things to what is said of them; what is as it was is not written again.
AGAIN = """
CREATE FUNCTION catalogue_search_again(which text, keys bigint[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM catalogue_searchentry entry WHERE entry.kind = which AND entry.key = ANY(keys)
    AND NOT EXISTS (SELECT FROM catalogue_search_entries(which, keys) said WHERE said.key = entry.key);
  INSERT INTO catalogue_searchentry AS entry (kind, key, title, about, text)
    SELECT which, said.* FROM catalogue_search_entries(which, keys) said
    ON CONFLICT (kind, key) DO UPDATE SET title = EXCLUDED.title, about = EXCLUDED.about, text = EXCLUDED.text
    WHERE (entry.title, entry.about, entry.text) IS DISTINCT FROM (EXCLUDED.title, EXCLUDED.about, EXCLUDED.text);
$$
"""
# For each table: of which kinds, and by which keys, something else is said once one of its rows has changed. `changed`
# are the ids of the row before and after.
CHANGED = """
CREATE FUNCTION catalogue_search_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed bigint[] := ARRAY[OLD.id, NEW.id];
BEGIN
  CASE TG_TABLE_NAME
  WHEN 'catalogue_qualification' THEN
    PERFORM catalogue_search_again('qualification', changed);
    PERFORM catalogue_search_again('section', ARRAY(
      SELECT id FROM catalogue_frameworksection WHERE qualification_id = ANY(changed)));
    PERFORM catalogue_search_again('statement', ARRAY(
      SELECT statement.id FROM catalogue_frameworkstatement statement
      JOIN catalogue_frameworksection section ON section.id = section_id WHERE qualification_id = ANY(changed)));
    PERFORM catalogue_search_again('run', ARRAY(
      SELECT id FROM catalogue_courserun WHERE qualification_id = ANY(changed)));
  WHEN 'catalogue_qualificationfact' THEN
    PERFORM catalogue_search_again('qualification', ARRAY[OLD.qualification_id, NEW.qualification_id]);
  WHEN 'catalogue_frameworksection' THEN
    PERFORM catalogue_search_again('section', changed);
    PERFORM catalogue_search_again('statement', ARRAY(
      SELECT id FROM catalogue_frameworkstatement WHERE section_id = ANY(changed)));
  WHEN 'catalogue_frameworkstatement' THEN PERFORM catalogue_search_again('statement', changed);
  WHEN 'catalogue_leadprovider' THEN
    PERFORM catalogue_search_again('provider', changed);
    PERFORM catalogue_search_again('run', ARRAY(
      SELECT id FROM catalogue_courserun WHERE provider_id = ANY(changed)));
  WHEN 'catalogue_teachingschoolhub' THEN
    PERFORM catalogue_search_again('hub', changed);
    PERFORM catalogue_search_again('run', ARRAY(SELECT id FROM catalogue_courserun WHERE hub_id = ANY(changed)));
  WHEN 'catalogue_hubarea' THEN PERFORM catalogue_search_again('hub', ARRAY[OLD.hub_id, NEW.hub_id]);
  WHEN 'catalogue_deliverypartner' THEN
    PERFORM catalogue_search_again('partner', changed);
    PERFORM catalogue_search_again('run', ARRAY(
      SELECT id FROM catalogue_courserun WHERE partner_id = ANY(changed)));
  WHEN 'catalogue_term' THEN
    PERFORM catalogue_search_again('run', ARRAY(SELECT id FROM catalogue_courserun WHERE term_id = ANY(changed)));
  END CASE;
  RETURN NULL;
END $$
"""
# Which columns are spoken of: a change of others, of the figures of a run for example, costs nothing.
TABLES = {
    "qualification": "name, code, summary, audience, hidden",
    "qualificationfact": "qualification_id, kind, position, text, certain",
    "frameworksection": "qualification_id, title, summary",
    "frameworkstatement": "section_id, kind, number, text",
    "leadprovider": "name, note",
    "teachingschoolhub": "name, code, lead_school_name",
    "hubarea": "hub_id, district_name",
    "deliverypartner": "name",
    "term": "name",
}
TRIGGER = """
CREATE TRIGGER search_entries AFTER INSERT OR DELETE OR UPDATE OF {columns} ON catalogue_{table}
  FOR EACH ROW EXECUTE FUNCTION catalogue_search_changed()
"""
# Course runs are written many at a time: once for a statement takes an eighth of the time of once for each row.
RUNS_CHANGED = """
CREATE FUNCTION catalogue_search_runs_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  CASE TG_OP
  WHEN 'INSERT' THEN PERFORM catalogue_search_again('run', ARRAY(SELECT id FROM now));
  WHEN 'DELETE' THEN PERFORM catalogue_search_again('run', ARRAY(SELECT id FROM was));
  ELSE PERFORM catalogue_search_again('run', ARRAY(
    SELECT id FROM now JOIN was USING (id)
    WHERE (now.qualification_id, now.provider_id, now.hub_id, now.partner_id, now.term_id)
      IS DISTINCT FROM (was.qualification_id, was.provider_id, was.hub_id, was.partner_id, was.term_id)));
  END CASE;
  RETURN NULL;
END $$
"""
RUNS_TRIGGER = """
CREATE TRIGGER search_entries_{verb} AFTER {verb} ON catalogue_courserun REFERENCING {rows}
  FOR EACH STATEMENT EXECUTE FUNCTION catalogue_search_runs_changed()
"""
OF_RUNS = {
    "insert": "NEW TABLE AS now",
    "update": "OLD TABLE AS was NEW TABLE AS now",
    "delete": "OLD TABLE AS was",
}
ROWS_SO_FAR = [
    f"SELECT catalogue_search_again('{kind}', ARRAY(SELECT id FROM catalogue_{table}))"  # noqa: S608
    for kind, table in {
        "qualification": "qualification",
        "section": "frameworksection",
        "provider": "leadprovider",
        "hub": "teachingschoolhub",
        "partner": "deliverypartner",
        "run": "courserun",
    }.items()
]


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0014_search_entries")]

    operations = [
        migrations.RunSQL(ENTRIES, "DROP FUNCTION catalogue_search_entries(text, bigint[])"),
        migrations.RunSQL(AGAIN, "DROP FUNCTION catalogue_search_again(text, bigint[])"),
        migrations.RunSQL(CHANGED, "DROP FUNCTION catalogue_search_changed()"),
        *(
            migrations.RunSQL(
                TRIGGER.format(table=table, columns=columns),
                f"DROP TRIGGER search_entries ON catalogue_{table}",
            )
            for table, columns in TABLES.items()
        ),
        migrations.RunSQL(RUNS_CHANGED, "DROP FUNCTION catalogue_search_runs_changed()"),
        *(
            migrations.RunSQL(
                RUNS_TRIGGER.format(verb=verb, rows=rows),
                f"DROP TRIGGER search_entries_{verb} ON catalogue_courserun",
            )
            for verb, rows in OF_RUNS.items()
        ),
        *(migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in ROWS_SO_FAR),
    ]
