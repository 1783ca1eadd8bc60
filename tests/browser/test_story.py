"""The main job, end to end: report, screening, routing, an offer, acceptance, delivery, confirmation."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page
from sqlalchemy import select

from app.domain.systems import SystemFacts
from app.models import Case
from app.services.systems import listing
from tests.browser.acts import SEND, act, answer, code_on, fill, look, sign_in
from tests.browser.conftest import Site
from tests.people import now

WAYS = {
    "with scripts": {"scripts": True},
    "without scripts": {"scripts": False, "phone": True},
    "in Arabic on a phone": {"scripts": True, "phone": True, "language": "ar"},
}


@pytest.fixture(scope="module")
def listed(site: Site) -> Site:
    """The company has listed its assistant, so that people find it."""
    with site.portal.database.transaction() as session:
        ctx = site.people.manager.context(session, site.portal, now())
        listing.add(ctx, SystemFacts("Lumen Chat", "application", "system_deployer", ("لومن", "Lumen")))
    return site


@pytest.mark.browser
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_from_the_report_to_the_confirmed_remedy(listed, open_browser, way, tmp_path):
    language = way.get("language", "en")
    person, desk = open_browser(**way), open_browser(scripts=way["scripts"], language=language)
    code = report(person, listed, language, _picture(tmp_path))
    reference = _enter(person, listed, language, code)
    case = f"{listed.address}/{language}/desk/cases/{reference}"

    sign_in(desk, listed.address, listed.people.caseworker, language)
    act(desk, case, "start_screening")
    act(desk, case, "assess", scale="4", scope="1", irremediability="5")
    act(desk, case, "accept")
    act(desk, case, "route")

    officer = open_browser(scripts=way["scripts"], language=language)
    sign_in(officer, listed.address, listed.people.officer, language)
    act(officer, case, "actor_ack")
    plan = {"items-0-remedy": "correction", "items-1-remedy": "output_filter"}
    act(officer, case, "actor_answer", offers="yes", **plan)

    _follow(person, listed, language, "offers/")
    answer(person, agree="y")
    act(officer, case, "start_delivery")
    act(officer, case, "claim_done")
    for _promise in plan:
        _follow(person, listed, language, "promises/")
        answer(person)
    look(person)
    officer.goto(case)
    look(officer)
    assert "closed_remedied" in _state(listed, reference)


def report(page: Page, site: Site, language: str, picture: Path) -> str:
    """Walk the whole form and give the case code."""
    page.goto(f"{site.address}/{language}/")
    look(page)
    page.locator('main a[href$="/report"]').first.click()
    look(page)
    page.locator("main .buttons form button").first.click()
    answer(page, now="safe")
    answer(page, happened="The assistant told my employer that I was convicted of theft. It is false.")
    answer(page, send='main [name="find"]', typed="لومن" if language == "ar" else "lumen")
    answer(page, chosen=page.locator('main [name="chosen"]').first.get_attribute("value"))
    answer(page, harms="priv_false_personal_claims")
    answer(page, for_whom=page.locator('main [name="for_whom"]').first.get_attribute("value"))
    answer(page, since="March 2026")
    answer(page, wanted="correction", wish="Tell my employer that it was false.")
    answer(page, send='main [name="add"]', files=str(picture))
    answer(page)
    answer(page, stay="anonymous")
    look(page)
    fill(page, "way", page.locator('main [name="way"]').first.get_attribute("value"))
    page.locator(SEND).first.click()
    look(page)
    page.locator("main .buttons form button").last.click()
    look(page)
    code = code_on(page)
    answer(page, last_group=code[-4:])
    look(page)
    page.locator("main form:not(.question) button").first.click()
    return code


def _enter(page: Page, site: Site, language: str, code: str) -> str:
    page.goto(f"{site.address}/{language}/case")
    answer(page, code=" ".join(code[start : start + 4] for start in range(0, 28, 4)))
    look(page)
    return page.locator(".reference").first.inner_text().strip()


def _follow(page: Page, site: Site, language: str, to: str) -> None:
    page.goto(f"{site.address}/{language}/case")
    look(page)
    page.locator(f'main a[href*="{to}"]').first.click()


def _picture(folder: Path) -> Path:
    path = folder / "screenshot.png"
    Image.new("RGB", (40, 40), "teal").save(path)
    return path


def _state(site: Site, reference: str) -> list[str]:
    with site.portal.database.reading() as session:
        return list(session.scalars(select(Case.state).where(Case.reference == reference)))
