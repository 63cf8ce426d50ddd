import signal
import sys
from argparse import ArgumentParser

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from npq_portal import launcher
from npq_portal.supervisor import Child, ChildEndedError, supervise


class Command(BaseCommand):
    help = "Sets up whatever is not set up yet, and runs the portal: web server and queue worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="web server processes, of 4 threads each")
        parser.add_argument("--no-demo", action="store_true", help="leave out the demonstration people")

    def handle(self, *, host: str, port: int, workers: int, no_demo: bool, **options: object) -> None:
        demo = not no_demo and not settings.PRODUCTION
        listener = launcher.listen(host, port)
        launcher.prepare(say=self.stdout.write)
        sign_ins = ""
        if demo:
            call_command("create_demo")
        launcher.disconnect()

        def announce() -> None:
            print(f"The portal is at {launcher.address(host, port)}\n{sign_ins}Ctrl-C stops it.", flush=True)

        def serve() -> None:
            launcher.WebServer(listener, workers=workers, when_ready=announce).run()

        def work() -> None:
            listener.close()
            launcher.run_queue()

        try:
            asked = supervise([Child("web server", serve, vital=True), Child("queue worker", work)])
        except ChildEndedError as problem:
            raise CommandError(str(problem)) from problem
        sys.exit(128 + signal.SIGINT if asked == signal.SIGINT else 0)
