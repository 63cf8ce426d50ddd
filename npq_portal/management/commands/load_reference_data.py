from django.core.management import BaseCommand, CommandError
from django.utils import timezone

import catalogue.loading
import funding.loading
from applications.provider_forms.default import publish_defaults
from catalogue.loading.entries import DataFileError
from npq_portal.commands import told_if_the_database_goes
from npq_portal.progress import bar
from npq_portal.read import FileRefusedError


class Command(BaseCommand):
    help = (
        "Loads the qualifications, workplaces, lists, figures and application form that come with the portal."
        " Safe to repeat."
    )

    @told_if_the_database_goes(so="")
    def handle(self, *args: object, **options: object) -> None:
        with bar("Reference data", total=0) as progress:
            try:
                catalogue.loading.load(progress)
                funding.loading.load(progress)
            except (DataFileError, FileRefusedError) as error:
                raise CommandError(str(error)) from error
        publish_defaults(timezone.now())
        if options["verbosity"]:
            self.stdout.write("The reference data is loaded.")
