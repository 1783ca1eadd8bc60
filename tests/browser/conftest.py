"""A portal as people meet it: two gunicorn workers on loopback, and Debian's chromium to look at it."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from weakref import WeakSet

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from app.portal import Portal, open_portal
from app.schema import upgrade
from app.services.context import SYSTEM, Context
from benchmarks.server import serving
from tests.conftest import make_settings
from tests.people import People, enrol_people, now

WITHOUT_SCRIPTS: WeakSet[Page] = WeakSet()
PHONE = {"width": 360, "height": 740}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]


@dataclass(frozen=True)
class Site:
    """A served portal, its address, and a way into its database."""

    address: str
    portal: Portal
    people: People
    log: Path


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A portal with the usual people, served by two worker processes."""
    instance = tmp_path_factory.mktemp("instance")
    settings = make_settings(instance, f"sqlite:///{instance / 'recourse.db'}")
    upgrade(settings.database_url)
    portal = open_portal(settings)
    with portal.database.transaction() as session:
        # In the past: the codes with which they joined are used up.
        people = enrol_people(Context(session, portal, SYSTEM, now() - timedelta(hours=1)))
    log = instance / "server.log"
    with serving("wsgi:app", _environment(instance), log) as server:
        yield Site(f"http://127.0.0.1:{server.port}", portal, people, log)
    portal.database.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's browser; skips without it unless it is required."""
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("chromium is required and not installed")
        pytest.skip("no chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium: Browser) -> Iterator:
    """Opens browsers of separate people: `open_browser(scripts=False, phone=True, language="ar")`."""
    opened: list[BrowserContext] = []

    def start(*, scripts: bool = True, phone: bool = False, language: str = "en") -> Page:
        size = PHONE if phone else {"width": 1200, "height": 900}
        context = chromium.new_context(java_script_enabled=scripts, viewport=size, locale=language)
        context.set_default_timeout(10_000)
        opened.append(context)
        page = context.new_page()
        if not scripts:
            WITHOUT_SCRIPTS.add(page)
        return page

    yield start
    for context in opened:
        context.close()


def breaches(page: Page) -> list[str]:
    """What axe-core finds on the page, a line each; nothing where it cannot run because scripts are off."""
    if page in WITHOUT_SCRIPTS:
        return []
    found = Axe().run(page).response["violations"]
    return [f"{page.url}: {each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


def _environment(instance: Path) -> dict[str, str]:
    return {
        "RECOURSE_ENV": "test",
        "RECOURSE_INSTANCE": str(instance),
        "RECOURSE_ARGON2_MEMORY_KIB": "64",
        "RECOURSE_ARGON2_ITERATIONS": "1",
        "DATABASE_URL": f"sqlite:///{instance / 'recourse.db'}",
    }
