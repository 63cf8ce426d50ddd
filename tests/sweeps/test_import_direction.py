"""Which way things point (design: architecture, 'Which way things point').

applications -> funding -> catalogue -> npq_portal's small apps -> its helpers. Nothing imports the root; of it, urls,
the demonstration and the commands may import everything. Inside an app: views, admin, commands -> forms -> actions
-> journey -> queries -> models -> rules, states. Nothing imports views. (The journey stands below the actions, not
above them as the design first had it: registering walks every step again before it writes.)
"""

from functools import cache
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.sweeps.source import imports, modules, package_of

SMALL_APPS = (
    "npq_portal.accounts",
    "npq_portal.audit",
    "npq_portal.mail",
    "npq_portal.staff",
    "npq_portal.switches",
)
# Plain helpers of the project package that hold no rows and import no app.
HELPERS = (
    "npq_portal.text",
    "npq_portal.fields",
    "npq_portal.births",
    "npq_portal.formats",
    "npq_portal.progress",
    "npq_portal.conditional",
    "npq_portal.commands",
    "npq_portal.options",
    "npq_portal.read",
    "npq_portal.cells",
    "npq_portal.keyset",
    "npq_portal.addresses",
    "npq_portal.verbs",
    "npq_portal.retention",
    "npq_portal.pairs",
)
OURS = ("npq_portal", "catalogue", "funding", "applications")
LAUNCHER = "npq_portal.launcher"
# The rest of the project package, which nothing but the root imports. Settings are read before any app is loaded.
ROOT = {
    "npq_portal.management": OURS,
    "npq_portal.demo": OURS,
    "npq_portal.urls": ("npq_portal.pages", "npq_portal.health", "catalogue.views"),
    "npq_portal.health": SMALL_APPS,
    "npq_portal.apps": ("npq_portal.checks",),
    "npq_portal.checks": (f"{LAUNCHER}.postgres_programs",),
    "npq_portal.settings": ("npq_portal.mail.smtp", "npq_portal.audit.origin"),
    "npq_portal.pytest_plugin": (LAUNCHER,),
    LAUNCHER: (LAUNCHER, "npq_portal.web_server", "npq_portal.wsgi"),
    **dict.fromkeys(
        [
            f"npq_portal.{name}"
            for name in (
                "errors",
                "logs",
                "middleware",
                "pages",
                "templatetags",
                "uploads",
                "web_server",
                "wsgi",
            )
        ],
        HELPERS,
    ),
}
MAY_IMPORT = {
    "catalogue": ("catalogue", *SMALL_APPS, *HELPERS),
    "funding": ("funding", "catalogue", *SMALL_APPS, *HELPERS),
    "applications": ("applications", "funding", "catalogue", *SMALL_APPS, *HELPERS),
    **dict.fromkeys(SMALL_APPS, (*SMALL_APPS, *HELPERS)),
    **dict.fromkeys(HELPERS, HELPERS),
    **ROOT,
}
# From the top of an app to its bottom: a module may import its own layer and those below it, in every app.
LAYERS = [
    (
        "views",
        "admin",
        "management",
        "urls",
        "feeds",
        "structured",
        "sitemaps",
        "demo",
        "tasks",
        "apps",
        "sentences",
        "mail_examples",
        "middleware",
        "site",
        "scoping",
        "viewing",
        "busy",
        "stale",
        "lines",
    ),
    (
        "forms",
        "held",
        "staff_forms",
        "run_forms",
        "run_verb_forms",
        "confirming",
        "alert_forms",
        "interest_forms",
        "spreadsheet",
        "picker",
        "adapter",
        "exporting",
        "export",
        "stopping",
    ),
    (
        "actions",
        "imports",
        "follow",
        "loading",
        "frameworks",
        "codes",
        "own_sessions",
        "staff_accounts",
        "dormant",
        "forgetting",
        "merging",
        "recording",
        "outbox",
        "sending",
    ),
    ("journey", "provider_forms"),
    (
        "queries",
        "figures",
        "elsewhere",
        "twins",
        "set_up",
        "compare",
        "editions",
        "history",
        "clashes",
        "doubts",
        "run_dates",
        "staleness",
        "presenters",
        "paging",
        "looks",
        "records",
        "facts",
        "tallies",
        "examples",
        "access",
        "roles",
        "requests",
        "dashboard",
        "gather",
        "checker",
        "places",
        "postcodes",
        "finder",
        "organisations",
        "partner_pairs",
        "search",
        "ranking",
        "impact",
        "successors",
    ),
    ("limits", "jobs"),
    ("models", "sessions"),
    (
        "rules",
        "states",
        "moves",
        "chooser",
        "vocabulary",
        "form_definition",
        "layouts",
        "working_days",
        "periods",
        "bundled",
        "charts",
        "smtp",
        "origin",
        "links",
        "dress",
        "rendering",
        "copying",
    ),
]
LAYERED = (*SMALL_APPS, "catalogue", "funding", "applications")


def within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


@cache
def all_imports() -> list[tuple[str, str, int]]:
    """Who imports what of ours, on which line: at the top of a module or inside a function."""
    return [
        (name, imported, line)
        for name, path in modules().items()
        for imported, line in imports(path, package_of(name, path))
        if within(imported, OURS)
    ]


def is_module(name: str) -> bool:
    return name in modules()


def test_apps_point_one_way():
    wrong = []
    for name, imported, line in all_imports():
        if not is_module(imported):
            continue
        app = next((key for key in MAY_IMPORT if within(name, (key,))), None)
        if app and not within(imported, MAY_IMPORT[app]) and imported != "npq_portal":
            wrong.append(f"{name}:{line} imports {imported}")
    assert not wrong, "\n".join(wrong)


def app_of(name: str) -> str | None:
    return next((app for app in LAYERED if within(name, (app,))), None)


def layer(name: str) -> int | None:
    app = app_of(name)
    if app is None or name == app:
        return None
    head = name.removeprefix(app + ".").split(".")[0]
    return next((depth for depth, names in enumerate(LAYERS) if head in names), None)


def test_layers_point_down_inside_an_app_and_between_apps():
    wrong = []
    for name, imported, line in all_imports():
        if not is_module(imported):
            continue
        above, below = layer(name), layer(imported)
        if above is not None and below is not None and below < above:
            wrong.append(f"{name}:{line} imports {imported}")
    assert not wrong, "\n".join(wrong)


def test_no_modules_import_each_other():
    """However far around, and inside functions too: each can be read, and tried, after those it rests on."""
    statements: dict[tuple[str, int], set[str]] = {}
    for name, imported, line in all_imports():
        statements.setdefault((name, line), set()).add(imported)
    rests_on: dict[str, set[str]] = {}
    for (name, _), imported in statements.items():
        rests_on.setdefault(name, set()).update(filter(is_module, imported - mere_packages(imported)))
    try:
        TopologicalSorter(rests_on).prepare()
    except CycleError as found:
        pytest.fail(" -> ".join(reversed(found.args[1])))


def mere_packages(imported: set[str]) -> set[str]:
    """Of `from package import module`, the package: only its modules are wanted."""
    inside = {name: [other for other in imported if other.startswith(name + ".")] for name in imported}
    return {name for name, others in inside.items() if others and all(map(is_module, others))}


def test_nothing_imports_views_but_urls_and_views():
    wrong = [
        f"{name}:{line} imports {imported}"
        for name, imported, line in all_imports()
        if ".views" in imported and is_module(imported) and not (name.endswith("urls") or ".views" in name)
    ]
    assert not wrong, "\n".join(wrong)


def test_every_module_of_the_project_package_has_a_place():
    """A new one must be called a helper, a small app or the root's before it can land."""
    without = [name for name in modules() if not within(name, tuple(MAY_IMPORT)) and name != "npq_portal"]
    assert not without, f"Give these a place: {without}"


@pytest.mark.parametrize("app", LAYERED)
def test_every_module_has_a_layer(app):
    """A new kind of module must be given its place above before it can land."""
    without = [
        name
        for name in modules()
        if name.startswith(app + ".") and layer(name) is None and name.count(".") >= 1
    ]
    allowed = {f"{app}.data"}
    assert not set(without) - allowed, f"Give these a layer: {sorted(set(without) - allowed)}"
