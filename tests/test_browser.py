"""The browser tools themselves: what they must not let pass."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import browser
from tests.browser import Watch

ADDRESS = "http://portal.test/"
GREEN = "rgb(15, 122, 82)"
UNLABELLED = '<html lang="en"><title>A form</title><main><h1>A form</h1><input type="text"></main>'
LABELLED = UNLABELLED.replace("<input", '<label for="a">Name</label><input id="a"')


def serve(context, body, **headers):
    """A page at ADDRESS, and 404 for every other address there."""
    context.route(f"{ADDRESS}**", lambda route: route.fulfill(status=404))
    context.route(ADDRESS, lambda route: route.fulfill(body=body, content_type="text/html", headers=headers))


def verdict(context, body, **headers):
    watch = Watch(context)
    serve(context, body, **headers)
    context.new_page().goto(ADDRESS)
    return watch


def test_the_portals_own_pages_arrive_with_their_styles(new_page):
    page = new_page()
    page.goto("/sign-in/")
    expect(page.locator("main button.govuk-button").first).to_have_css("background-color", GREEN)


def test_a_page_without_fault_passes(context):
    assert verdict(context, LABELLED).verdict() == []


def test_a_file_that_is_not_found_is_told_unless_it_is_meant(context):
    watch = verdict(context, '<link rel="stylesheet" href="/gone.css">')
    assert watch.verdict() == [f"404 for {ADDRESS}gone.css"]
    watch.allow_status(404)
    assert watch.verdict() == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<script>console.error('went wrong')</script>", "went wrong"),
        ("<script>undefined.name</script>", "script error"),
    ],
)
def test_a_failing_script_is_told(context, body, told):
    assert any(told in problem for problem in verdict(context, body).verdict())


@pytest.mark.parametrize("javascript", [True, False])
def test_an_inline_style_that_the_policy_refuses_is_told(new_context, javascript):
    context = new_context(java_script_enabled=javascript)
    policy = {"Content-Security-Policy": "default-src 'none'"}
    assert any(
        "style" in problem for problem in verdict(context, '<p style="color:red">', **policy).verdict()
    )


@pytest.mark.parametrize("javascript", [True, False])
def test_axe_tells_what_is_wrong_with_and_without_javascript(new_context, axe, javascript):
    context = new_context(java_script_enabled=javascript)
    serve(context, UNLABELLED)
    page = context.new_page()
    page.goto(ADDRESS)
    with pytest.raises(AssertionError, match="label"):
        axe(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_axe_passes_a_page_that_has_what_it_needs(new_context, axe, javascript):
    context = new_context(java_script_enabled=javascript)
    serve(context, LABELLED)
    page = context.new_page()
    page.goto(ADDRESS)
    axe(page)


def test_axe_reads_what_is_shown_without_javascript_only(new_context, axe):
    context = new_context(java_script_enabled=False)
    serve(context, LABELLED.replace("</main>", '<noscript><img src="/a.png"></noscript></main>'))
    page = context.new_page()
    page.goto(ADDRESS)
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


@pytest.fixture
def no_chromium(monkeypatch, tmp_path):
    monkeypatch.setenv("PORTAL_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(browser.shutil, "which", lambda name: None)
    return tmp_path / "not-installed"


def test_without_a_chromium_one_is_installed(monkeypatch, no_chromium):
    def install(command, **options):
        if "playwright" in command:
            raise subprocess.CalledProcessError(1, command)
        if "install" in command:
            no_chromium.touch()

    monkeypatch.setattr(browser.subprocess, "run", install)
    assert browser.find_or_install_chromium(no_chromium) == no_chromium


def test_without_a_chromium_and_without_a_way_to_install_one_the_tests_fail(monkeypatch, no_chromium):
    def refuse(command, **options):
        raise FileNotFoundError(command[0])

    monkeypatch.setattr(browser.subprocess, "run", refuse)
    with pytest.raises(pytest.fail.Exception, match="No Chromium for the browser tests") as failure:
        browser.find_or_install_chromium(no_chromium)
    assert "apt-get update (FileNotFoundError)" in str(failure.value)


def test_the_systems_chromium_comes_first(monkeypatch, tmp_path):
    monkeypatch.setattr(browser.shutil, "which", lambda name: __file__ if name == "chromium" else None)
    assert browser.find_chromium(tmp_path) == Path(__file__)
