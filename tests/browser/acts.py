"""What people do in a browser, told by names of fields and addresses so that it works in every language."""

import re
from collections.abc import Mapping
from datetime import timedelta

from playwright.sync_api import Locator, Page

from tests.browser.conftest import breaches
from tests.people import PASSWORD, Person, now

SEND = "main form.question button:not([name])"
LEFT_OUT = {"others", "asks_waiver", "delay_makes_irremediable"}  # more than this story is about


def look(page: Page) -> None:
    """The page that is shown is whole, fits the screen, and axe finds nothing."""
    assert page.locator("h1").count() == 1, page.url
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= page.viewport_size["width"], f"{page.url} is {wide} wide"
    assert not breaches(page)


def answer(page: Page, send: str = SEND, **fields) -> None:
    """Look at the page, fill the named fields and send the form."""
    look(page)
    for name, value in fields.items():
        fill(page, name, value)
    page.locator(send).first.click()


def fill(page: Page, name: str, value) -> None:
    """Type into a field, choose from it, or put a file into it."""
    field = page.locator(f'main [name="{name}"]')
    match _kind(field.first):
        case "radio" | "checkbox":
            for each in [value] if isinstance(value, str) else value:
                _tick(page.locator(f'main [name="{name}"][value="{each}"]'))
        case "file":
            field.set_input_files(value)
        case "select":
            field.select_option(value)
        case _:
            field.fill(value)


def fill_all(page: Page, given: Mapping[str, str]) -> None:
    """Give a plausible answer to every field of the form, and the given ones where they are named."""
    answered = LEFT_OUT | set(given)
    for name, value in given.items():
        fill(page, name, value)
    for field in page.locator("main form.question :is(input, textarea, select)").all():
        name, kind = field.get_attribute("name") or "", _kind(field)
        if name in answered or kind in ("hidden", "file", "submit"):
            continue
        answered.add(name)
        _fill_somehow(field, kind)


def _fill_somehow(field: Locator, kind: str) -> None:
    match kind:
        case "radio" | "checkbox":
            _tick(field)
        case "select":
            if not field.input_value():
                field.select_option(index=1)
        case "date":
            field.fill((now() + timedelta(days=20)).date().isoformat())
        case _:
            field.fill("Said in a few words.")


def _tick(choice: Locator) -> None:
    for details in choice.locator("xpath=ancestor::details[not(@open)]").all():
        details.locator("summary").first.click()
    choice.check()


def _kind(field: Locator) -> str:
    if field.evaluate("node => node.tagName") == "SELECT":
        return "select"
    return field.get_attribute("type") or "text"


def sign_in(page: Page, address: str, person: Person, language: str = "en") -> None:
    """Sign in at the desk and give the promise not to punish anybody."""
    for moment in (now(), now() + timedelta(seconds=30)):  # a code that somebody just used works no more
        page.goto(f"{address}/{language}/desk/sign-in")
        answer(page, email=person.email, password=PASSWORD, code=person.code(moment))
        if not page.url.endswith("/sign-in"):
            break
    if "undertaking" in page.url:
        answer(page, agree="y")


def act(page: Page, case: str, name: str, **given: str) -> None:
    """Open a case at the desk, follow the link of an act, answer what it asks and send it."""
    page.goto(case)
    look(page)
    page.locator(f'main a[href*="/do/{name}"]').first.click()
    look(page)
    fill_all(page, given)
    page.locator(SEND).first.click()
    assert "/do/" not in page.url, page.locator("main").inner_text()


def code_on(page: Page) -> str:
    """The case code that is shown."""
    digits = page.locator("main .code").first.inner_text()
    return re.sub(r"\D", "", digits)
