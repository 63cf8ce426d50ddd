"""Real pages in a real Chromium: found or installed, watched for every error, and read by axe.

`new_page()` opens a page of the live server. The test fails at its end if the page logged an error to the
console (a refused inline script or style is one), if a script failed, or if any answer was 400 or more: an
unstyled page passes every other check.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache, wraps
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Playwright, Response

from npq_portal.launcher.embedded_postgres import data_folder

# The headless shell is Chromium without windows, and what Playwright itself runs: half the work for the same page.
CHROMIUM_NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
APT_INSTALL = ["apt-get", "install", "-y", "--no-install-recommends"]
INSTALLATIONS = [
    [["apt-get", "update"], [*APT_INSTALL, "chromium-headless-shell"]],
    [[sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]],
    [["apt-get", "update"], [*APT_INSTALL, "chromium"]],
]
INSTALL_SECONDS = 300
AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], playwright: Playwright
) -> dict[str, Any]:
    found = find_or_install_chromium(Path(playwright.chromium.executable_path))
    return {**browser_type_launch_args, "executable_path": str(found), "args": FLAGS}


def find_or_install_chromium(playwrights_own: Path) -> Path:
    """The system's Chromium, else Playwright's, else one installed now. Never gives up quietly."""
    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "chromium.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the test processes look at the same time; one installs
        if found := find_chromium(playwrights_own):
            return found
        tried = []
        for commands in INSTALLATIONS:
            tried.append(install(commands))
            if found := find_chromium(playwrights_own):
                return found
    pytest.fail(
        f"No Chromium for the browser tests. Install one, on the PATH. Tried: {'; '.join(tried)}",
        pytrace=False,
    )


def find_chromium(playwrights_own: Path) -> Path | None:
    on_path = (shutil.which(name) for name in CHROMIUM_NAMES)
    candidates = [*(Path(name) for name in on_path if name), playwrights_own]
    return next((path for path in candidates if path.exists()), None)


def install(commands: list[list[str]]) -> str:
    """Runs the commands until one fails, and says in one line how it went."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in commands:
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=INSTALL_SECONDS, env=quiet)
        except (OSError, subprocess.SubprocessError) as problem:
            return f"{' '.join(command)} ({problem.__class__.__name__})"
    return " && ".join(" ".join(command) for command in commands)


class Watch:
    """What went wrong in a browser context, all its pages together."""

    def __init__(self, context: BrowserContext) -> None:
        self.problems: list[tuple[int | None, str]] = []
        self.allowed: set[int] = set()
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append((None, f"script error: {error.error}")))
        context.on("response", self._response)

    def allow_status(self, *statuses: int) -> None:
        """These answers, 404 say, are what the test is about."""
        self.allowed.update(statuses)

    def verdict(self) -> list[str]:
        return [problem for status, problem in self.problems if status not in self.allowed]

    def _console(self, message: ConsoleMessage) -> None:
        # The console repeats a failed answer in words of its own, which `_response` has told already.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.problems.append((None, f"console: {message.text}"))

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.problems.append((response.status, f"{response.status} for {response.url}"))


@pytest.fixture
def new_page(new_context: Callable[..., BrowserContext], live_server: Any) -> Iterator[Callable[..., Page]]:
    """Opens a page in a browser of its own: `new_page(javascript=False, width=320)`.

    Addresses may be given without the host. `page.allow_status(404)` says that such an answer is meant.
    Further arguments are those of Playwright's `new_context`.
    """
    watches = []

    def open_page(*, javascript: bool = True, width: int = 1280, height: int = 900, **context: Any) -> Page:
        opened = new_context(
            base_url=live_server.url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": height},
            **context,
        )
        opened.set_default_timeout(15_000)
        watch = Watch(opened)
        watches.append(watch)
        page = opened.new_page()
        page.allow_status = watch.allow_status  # type: ignore[attr-defined]
        return page

    yield open_page
    problems = [problem for watch in watches for problem in watch.verdict()]
    assert not problems, "\n".join(problems)


@pytest.fixture(scope="session", autouse=True)
def presses_end_on_the_next_page() -> Iterator[None]:
    """A click or key that leads on returns when the next page is whole.

    Playwright returns when it has begun, and what a test then reads at once may not be there yet. On a page that stays,
    nothing is waited for.
    """

    def patient(press: Callable[..., None]) -> Callable[..., None]:
        @wraps(press)
        def wrapped(locator: Locator, *args: Any, **options: Any) -> None:
            press(locator, *args, **options)
            locator.page.wait_for_load_state()

        return wrapped

    with pytest.MonkeyPatch.context() as patch:
        for name in ("click", "press"):
            patch.setattr(Locator, name, patient(getattr(Locator, name)))
        yield


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Asserts that axe finds nothing against WCAG 2.2 A and AA on the page as it now stands."""

    def check(page: Page) -> None:
        page.wait_for_load_state()
        violations = run_axe(page)
        assert not violations, f"{page.url}\n" + "\n".join(violations)

    return check


# Where JavaScript is off timers stand still, and axe waits for some of no length: there they are over at once. What is
# shown without JavaScript only stands free then, for axe passes over it where it is.
# Only the findings are brought back: what passed is the longer part by far.
# Without preload: where a style sheet imports another, axe would try an inline style, which the policy refuses.
RUN_AXE = """async tags => {
    if (matchMedia("(scripting: none)").matches) {
        window.setTimeout = call => void Promise.resolve().then(call);
        document.querySelectorAll("noscript").forEach(each => each.replaceWith(...each.childNodes));
    }
    const found = await axe.run(document, {runOnly: tags, resultTypes: ["violations"], preload: false});
    return found.violations.flatMap(
        ({id, help, nodes}) => nodes.map(({html}) => `${id}: ${help}: ${html}`)
    );
}"""


def run_axe(page: Page) -> list[str]:
    page.evaluate(axe_source())
    return page.evaluate(RUN_AXE, WCAG_22_AA)


@cache
def axe_source() -> str:
    return AXE.read_text(encoding="utf-8")
