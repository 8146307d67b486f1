"""A browser and a built site for the tests beside this file.

Without one of them the tests are skipped, and say so; where CI is set, they fail.
"""

import os
import re
import shutil
from pathlib import Path

import pytest

pytest.register_assert_rewrite("desk_in_chromium")
from desk_in_chromium import Desk, case_in  # noqa: E402

SITE = Path(os.environ.get("SITE", Path(__file__).resolve().parents[3] / "reports/site"))
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Where a page may take what it shows from: files beside it, and itself.
OWN = ("file:", "data:", "blob:")


def lacking(words):
    """Skip what needs something that is not here; on a machine that must have it, fail."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(words)


@pytest.fixture(scope="session")
def site():
    if not (SITE / "index.html").is_file():
        lacking(f"no site at {SITE}: run `make report` first")
    return SITE


@pytest.fixture(scope="session")
def chromium():
    sync = pytest.importorskip(
        "playwright.sync_api", reason="Playwright is not installed: `make prove` brings it"
    )
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not program:
        lacking("no Chromium on this machine (on Debian: apt-get install chromium)")
    with sync.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, site):
    """Open a page of the site by name, in a window of its own.

    What goes wrong in it is collected, and has to be nothing.
    """
    contexts, trouble = [], []

    def open_(name="index", width=1280, **options):
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        watch(page, trouble, scripts=options.get("java_script_enabled", True))
        page.goto(f"{site.as_uri()}/{name}.html")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert trouble == []


@pytest.fixture
def served(tmp_path):
    """Serve desks, each on a case of its own, until the test is over."""
    running = []

    def serve(case=None, coder="cleo", *more):
        running.append(Desk(case or case_in(tmp_path), coder, *more))
        return running[-1]

    yield serve
    for desk in running:
        desk.close()


@pytest.fixture
def sat_at(chromium):
    """Open an article of a desk, in a window of its own. What goes wrong in it has to be nothing.

    `expected` are the statuses that a test brings about: Chromium tells each as an error.
    """
    contexts, trouble, expected = [], [], []

    def sit(desk, article="harbour-debate", width=1280, **options):
        context = chromium.new_context(viewport={"width": width, "height": 1000}, **options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        watch(page, trouble, True, (desk.root, "data:"))
        page.goto(desk.address)
        page.goto(f"{desk.root}article/{article}")
        page.locator("#text[data-ready]").wait_for()
        return page

    sit.expected = expected
    yield sit
    for context in contexts:
        context.close()
    told = "|".join(expected) or "nothing"
    assert [words for words in trouble if not re.search(told, words)] == []


def watch(page, trouble, scripts, own=OWN):
    """Collect the warnings and errors of a page, what it fails to fetch, and what is not its own.

    Where scripts are switched off, a script that is not fetched is no trouble.
    """

    def hear(message):
        if message.type in ("error", "warning"):
            trouble.append(message.text)

    def miss(request):
        if scripts or ".js" not in request.url:
            trouble.append(f"failed: {request.url}")

    def ask(request):
        if not request.url.startswith(own):
            trouble.append(f"foreign: {request.url}")

    page.on("console", hear)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("requestfailed", miss)
    page.on("request", ask)
