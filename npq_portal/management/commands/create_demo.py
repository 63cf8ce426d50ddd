from django.core.exceptions import ObjectDoesNotExist
from django.core.management import BaseCommand, CommandError

from npq_portal import demo


class Command(BaseCommand):
    help = "Makes the demonstration people and rows; safe to repeat. Refused in production."

    def handle(self, **options: object) -> None:
        try:
            demo.create()
        except demo.RefusedError as problem:
            raise CommandError(str(problem)) from problem
        except ObjectDoesNotExist as problem:
            raise CommandError("Run `manage.py load_reference_data` first.") from problem
        if options["verbosity"]:
            self.stdout.write(demo.sign_ins())
