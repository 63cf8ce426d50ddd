import time
from argparse import ArgumentParser

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import BaseCommand, CommandError

from npq_portal import demo


class Command(BaseCommand):
    help = (
        "Prints the second-step code that a demonstration person's app would show now. Refused in production."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="for example ambition@example.test")

    def handle(self, *, email: str, **options: object) -> None:
        try:
            demo.refuse_in_production()
        except demo.RefusedError as problem:
            raise CommandError(str(problem)) from problem
        keys = {person.email: person.app_key for person in demo.PEOPLE if person.is_staff}
        if email.strip().lower() not in keys:
            raise CommandError(f"No such demonstration person. There are: {', '.join(keys)}")
        step, elapsed = divmod(int(time.time()), app_settings.TOTP_PERIOD)
        code = format_hotp_value(hotp_value(keys[email.strip().lower()], step))
        self.stdout.write(code)
        self.stderr.write(f"Works once, for the next {app_settings.TOTP_PERIOD - elapsed} seconds.")
