"""The report in a browser: without scripts, on a small phone, from right to left, and for all eyes."""

import pytest

from tests.browser.conftest import breaches
from tests.unit.files.samples import photo

pytestmark = pytest.mark.browser
QUESTIONS = ("safety", "what", "system", "harm", "whom", "since", "want", "evidence", "who", "sharing")


def go_on(page) -> None:
    page.locator("form.question > .buttons button").first.click()


def too_wide(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_is_readable_by_all(site, open_browser, language) -> None:
    page = open_browser(phone=True, language=language)
    found = []

    def look() -> None:
        found.extend(breaches(page))
        assert not too_wide(page), page.url

    page.goto(f"{site.address}/{language}/report")
    look()
    page.locator("button.start").click()
    for question in QUESTIONS:
        assert page.url.split("?")[0].endswith(question)
        if question == "what":
            page.locator("#happened").fill("A very long word: " + "ab" * 200)
        if question == "harm":
            page.locator("summary").first.click()
        if question == "evidence":
            files = {"name": "At home.jpg", "mimeType": "image/jpeg", "buffer": photo()}
            bad = {"name": "page.html", "mimeType": "text/html", "buffer": b"<html><script>x</script>"}
            page.locator("#files").set_input_files([files, bad])
            page.locator("button[name=add]").click()
        look()
        go_on(page)
    look()
    page.locator("button.start").click()
    look()
    page.goto(f"{site.address}/{language}/receipt")
    look()
    assert not found


def test_a_report_is_sent_without_scripts_and_back_loses_nothing(site, open_browser) -> None:
    page = open_browser(scripts=False, phone=True)
    page.goto(f"{site.address}/en/report")
    page.locator("button.start").click()
    page.locator("#now-0").check()
    go_on(page)
    page.locator("#happened").fill("It lied about me.")
    go_on(page)
    page.go_back()
    assert page.locator("#happened").input_value() == "It lied about me."
    page.goto(f"{site.address}/en/report/review")
    page.locator("button.start").click()
    groups = page.locator(".code span").all_inner_texts()
    page.locator("#last_group").fill(groups[-1])
    go_on(page)
    assert page.get_by_text("That is right").is_visible()


def test_leaving_ends_the_report_at_once(site, open_browser) -> None:
    page = open_browser(scripts=False)
    page.goto(f"{site.address}/en/report")
    page.locator("button.start").click()
    page.locator(".leave__button").click()
    page.goto(f"{site.address}/en/report/what")
    assert page.url.endswith("/en/report/none")
