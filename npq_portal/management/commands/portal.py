import signal
import sys
from argparse import ArgumentParser, ArgumentTypeError

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from npq_portal import demo
from npq_portal.launcher import embedded_postgres, steps
from npq_portal.launcher.supervisor import Child, ChildEndedError, supervise


def port_number(text: str) -> int:
    if text.isdecimal() and int(text) < 65_536:
        return int(text)
    raise ArgumentTypeError("a port is a number up to 65535")


def workers_number(text: str) -> int:
    if text.isdecimal() and 0 < int(text) <= 64:
        return int(text)
    raise ArgumentTypeError("the number of workers is 1 to 64")


class Command(BaseCommand):
    help = "Sets up whatever is not set up yet, and runs the portal: web server and queue worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=port_number, default=8000)
        parser.add_argument(
            "--workers", type=workers_number, default=2, help="web server processes, of 16 threads each"
        )
        parser.add_argument("--no-demo", action="store_true", help="leave out the demonstration people")

    def handle(self, *, host: str, port: int, workers: int, no_demo: bool, **options: object) -> None:
        with_demo = not no_demo and not settings.PRODUCTION
        uv_is_gone = steps.uv_is_gone()
        listener = steps.listen(host, port)
        steps.tell_mail_the_address(host, port)
        steps.prepare(say=self.stdout.write)
        if with_demo:
            demo.create()
        steps.disconnect()

        def announce() -> None:
            self.stdout.write(f"The portal is at {steps.address(host, port)}")
            if with_demo:
                self.stdout.write(demo.sign_ins())
            self.stdout.write("Ctrl-C stops it.")
            self.stdout.flush()

        def serve() -> None:
            steps.WebServer(listener, workers=workers, when_ready=announce).run()

        def work() -> None:
            listener.close()
            steps.run_queue()

        def watch() -> None:
            listener.close()
            embedded_postgres.keep_running()

        children = [Child("web server", serve, vital=True), Child("queue worker", work)]
        if embedded_postgres.is_ours():
            children.append(Child("database watch", watch))
        try:
            asked = supervise(children, enough=uv_is_gone)
        except ChildEndedError as problem:
            raise CommandError(str(problem)) from problem
        sys.exit(128 + signal.SIGINT if asked == signal.SIGINT else 0)
