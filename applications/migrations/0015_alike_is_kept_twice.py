"""What was put away for an earlier provider was kept by its words: of two questions worded alike one was lost."""

from django.db import migrations, models

KEPT = {"form_answers": ("question", "answer"), "sponsor": ("who", "became")}


def to_lists(apps, schema_editor):
    for closed in apps.get_model("applications", "ClosedApplication").objects.all():
        for column, (name, value) in KEPT.items():
            said = getattr(closed, column)
            setattr(closed, column, [{name: each, value: said[each]} for each in said])
        closed.save(update_fields=KEPT)


def to_words(apps, schema_editor):
    for closed in apps.get_model("applications", "ClosedApplication").objects.all():
        for column, (name, value) in KEPT.items():
            setattr(closed, column, {each[name]: each[value] for each in getattr(closed, column)})
        closed.save(update_fields=KEPT)


class Migration(migrations.Migration):
    dependencies = [("applications", "0014_erased")]

    operations = [
        migrations.AlterField(
            model_name="closedapplication",
            name="form_answers",
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AlterField(
            model_name="closedapplication",
            name="sponsor",
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.RunPython(to_lists, to_words),
    ]
