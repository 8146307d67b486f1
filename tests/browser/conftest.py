"""A browser and a built site for the tests beside this file; without one of them they are skipped, and say so."""

import os
import shutil
from pathlib import Path

import pytest

SITE = Path(os.environ.get("SITE", Path(__file__).resolve().parents[2] / "reports/site"))


@pytest.fixture(scope="session")
def site():
    if not (SITE / "index.html").is_file():
        pytest.skip(f"no site at {SITE}: run `make report` first")
    return SITE


@pytest.fixture(scope="session")
def chromium(site):
    sync = pytest.importorskip(
        "playwright.sync_api", reason="Playwright is not installed: `make .venv/browser` brings it"
    )
    found = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if not found:
        pytest.skip("no Chromium on this machine (on Debian: apt-get install chromium)")
    quiet = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    with sync.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=quiet)
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, site):
    """Open a page of the site by name, in a window of its own; what goes wrong in it is collected, and has to be nothing."""
    contexts, trouble = [], []

    def open_(name="index", **options):
        context = chromium.new_context(
            viewport={"width": options.pop("width", 1280), "height": 900}, **options
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda message: (
                trouble.append(message.text) if message.type in ("error", "warning") else None
            ),
        )
        page.on("pageerror", lambda error: trouble.append(str(error)))
        scripts = options.get("java_script_enabled", True)
        page.on(
            "requestfailed",
            lambda request: (
                trouble.append(f"failed: {request.url}")
                if scripts or ".js" not in request.url
                else None
            ),
        )
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith(("file:", "data:", "blob:"))
                else trouble.append(f"foreign: {request.url}")
            ),
        )
        page.goto(f"{site.as_uri()}/{name}.html")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert trouble == []
