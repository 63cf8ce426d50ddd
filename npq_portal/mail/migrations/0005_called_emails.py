from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("mail", "0004_about")]

    operations = [
        migrations.AlterModelOptions(
            name="outboxmessage",
            options={
                "ordering": ["-queued_at", "-pk"],
                "verbose_name": "e-mail",
                "verbose_name_plural": "e-mails",
            },
        )
    ]
