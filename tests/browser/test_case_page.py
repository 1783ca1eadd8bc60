"""The case page on a narrow phone, in two directions, without scripts: it fits, and bars nobody."""

import pytest

from tests import cases
from tests.browser.conftest import breaches

PAGES = ("overview", "messages/host", "sharing", "notices", "pause", "end", "safety")


@pytest.fixture
def offered(site):
    """A case with an offer: gives the reporter's hold on it, the party's and the offer's id."""
    filed = cases.file_case(site.portal, [site.people.officer])
    (party_id,) = cases.route(site.portal, site.people, filed, site.people.officer)
    return filed, party_id, cases.offer(site.portal, site.people.officer, filed, party_id)


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_pages_fit_a_phone_and_bar_nobody(site, open_browser, offered, language):
    filed, party_id, offer_id = offered
    page = open_browser(phone=True, language=language)
    page.goto(f"{site.address}/{language}/case")
    assert breaches(page) == []
    page.fill("#code", filed.code)
    page.click("form.question button")
    share = f"sharing/{site.people.officer.actor.organisation_id}"
    for path in (
        *PAGES,
        f"offers/{offer_id}",
        f"parties/{party_id}/decline",
        share,
        f"{share}?covers=statement",
    ):
        page.goto(f"{site.address}/{language}/case/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        assert breaches(page) == []


@pytest.mark.browser
def test_an_offer_is_answered_without_scripts(site, open_browser, offered):
    filed, party_id, _offer_id = offered
    page = open_browser(scripts=False, phone=True)
    page.goto(f"{site.address}/en/case")
    page.fill("#code", " ".join(filed.code[start : start + 4] for start in range(0, 28, 4)))
    page.click("button:has-text('Open my case')")
    page.click("a:has-text('Look at the offer of Lumen Chat')")
    page.check("#agree")
    page.click("button:has-text('Accept this offer')")
    assert page.locator("[role=status]").is_visible()
    cases.claim_all(site.portal, site.people.officer, filed, party_id)
    for _promise in range(2):
        page.reload()
        page.click("a:has-text('says that it is done') >> nth=0")
        page.click("button:has-text('Yes, it was kept')")
    assert page.locator("h1").inner_text().endswith("Closed: you confirmed the remedy")
