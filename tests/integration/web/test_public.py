"""The public pages, and what every page has in common: language, headers, errors, late forms, leaving."""

import gzip
import re

import brotli
import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.datastructures import LanguageAccept

from app.web import access
from app.web.headers import ALWAYS
from app.web.languages import negotiate

PAGES = ["", "rights", "routes", "safety", "how"]
FIRST_PAGE_BYTES = 30_000
STYLESHEET_BYTES = 10_000
OURS = {"Sec-Fetch-Site": "same-origin"}


def _token(client: FlaskClient) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/en/").text)
    assert found
    return found[1]


@pytest.fixture
def taking(app: Flask, client: FlaskClient) -> FlaskClient:
    """A client of an application with one more endpoint, which takes a form."""
    app.add_url_rule("/<lang>/taken", "test.taken", lambda: request.form["story"], methods=["POST"])
    return client


@pytest.fixture(autouse=True)
def _listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(access.ACCESS, "test.taken", access.PUBLIC)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl")])
def test_pages_say_their_language_and_direction(
    client: FlaskClient, page: str, language: str, direction: str
) -> None:
    response = client.get(f"/{language}/{page}")
    assert response.status_code == 200
    assert f'<html lang="{language}" dir="{direction}">' in response.text
    assert response.text.count("<h1") == 1
    for other in ("en", "fr", "ar"):
        assert f'href="/{other}/{page}"' in response.text


def test_the_language_switch_keeps_what_follows_the_address(client: FlaskClient) -> None:
    assert (
        'href="/fr/routes?state=open&amp;state=late"' in client.get("/en/routes?state=open&state=late").text
    )


def test_the_language_switch_takes_no_orders_from_the_address(client: FlaskClient) -> None:
    page = client.get("/en/routes?_scheme=javascript&_external=1&endpoint=x&lang=de")
    assert page.status_code == 200
    assert 'href="/fr/routes?_scheme=javascript&amp;_external=1&amp;endpoint=x&amp;lang=de"' in page.text


@pytest.mark.parametrize(
    ("wishes", "chosen"),
    [
        ("fr-CA,en;q=0.5", "fr"),
        ("de,ar-EG;q=0.8", "ar"),
        ("arz", "ar"),
        ("de", "en"),
        ("", "en"),
        ("*", "en"),
    ],
)
def test_the_front_door_follows_the_browsers_wish(client: FlaskClient, wishes: str, chosen: str) -> None:
    response = client.get("/", headers={"Accept-Language": wishes})
    assert (response.status_code, response.location) == (303, f"/{chosen}/")


def test_the_first_enabled_language_is_the_fallback() -> None:
    assert negotiate(LanguageAccept([("en", 1)]), ("ar", "fr")) == "ar"


@pytest.mark.parametrize("address", ["/de/", "/en/nothing", "/xx/rights", "/static/0/recourse.css"])
def test_unknown_addresses_are_404_in_plain_words(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "We could not find that page" in response.text


def test_an_error_page_keeps_the_language_of_the_address(client: FlaskClient) -> None:
    assert '<html lang="ar" dir="rtl">' in client.get("/ar/nothing").text
    assert '<html lang="fr"' in client.post("/fr/rights", data={"csrf_token": _token(client)}).text


@pytest.mark.parametrize("address", ["/", "/en/", "/ar/nothing", "/blank", "/en/leave"])
def test_every_answer_carries_the_headers(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    assert {name: headers.get(name) for name in ALWAYS} == ALWAYS
    assert "Strict-Transport-Security" not in headers
    assert "Server-Timing" not in headers


def test_https_and_the_onion_address_are_announced(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    portal = app.extensions["recourse"]
    values = {"base_url": "https://portal.example", "onion_url": "http://abc.onion"}
    changed = portal.settings.model_copy(update=values)
    monkeypatch.setitem(app.extensions, "recourse", type(portal)(**{**portal.__dict__, "settings": changed}))
    client = app.test_client()
    headers = client.get("/fr/rights?a=1").headers
    assert headers["Strict-Transport-Security"].startswith("max-age=")
    assert headers["Onion-Location"] == "http://abc.onion/fr/rights?a=1"
    assert "Onion-Location" not in client.get("/fr/rights", base_url="http://abc.onion").headers


def test_first_page_and_stylesheet_are_light(client: FlaskClient) -> None:
    page = client.get("/ar/")
    links = re.findall(r'<link rel="(?:icon|stylesheet)" href="([^"]+)"', page.text)
    (style,), (picture,) = ([link for link in links if kind in link] for kind in (".css", ".png"))
    sheet, icon = (client.get(link, headers={"Accept-Encoding": "br, gzip"}) for link in (style, picture))
    assert sheet.headers["Content-Encoding"] == "br"
    assert len(sheet.data) < STYLESHEET_BYTES
    assert len(gzip.compress(page.data)) + len(sheet.data) + len(icon.data) < FIRST_PAGE_BYTES
    assert "<script" not in page.text
    assert "style=" not in page.text


def test_static_files_are_kept_for_ever_and_named_by_content(client: FlaskClient) -> None:
    link = re.findall(r'href="(/static/[^"]+\.css)"', client.get("/en/").text)[0]
    packed, plain = client.get(link, headers={"Accept-Encoding": "br"}), client.get(link)
    assert "immutable" in packed.headers["Cache-Control"]
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert brotli.decompress(packed.data) == plain.data
    assert packed.headers["X-Content-Type-Options"] == "nosniff"


def test_the_stylesheet_names_no_side_by_left_or_right(client: FlaskClient) -> None:
    link = re.findall(r'href="(/static/[^"]+\.css)"', client.get("/en/").text)[0]
    rules = re.sub(r"/\*.*?\*/", "", client.get(link).text, flags=re.S)
    assert re.findall(r"[\w-]*(?:-left|-right)|(?:left|right)\s*[:;]|url\(", rules) == []


def test_an_endpoint_that_is_not_listed_is_refused(app: Flask) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "open")
    with pytest.raises(LookupError, match="forgotten"):
        app.test_client().get("/forgotten")


def test_a_fault_of_ours_tells_nothing_of_itself(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    app.config.update(PROPAGATE_EXCEPTIONS=False)
    monkeypatch.setitem(app.view_functions, "public.rights", lambda: 1 / 0)
    response = app.test_client().get("/en/rights")
    assert response.status_code == 500
    assert "Something broke on our side" in response.text
    assert "ZeroDivision" not in response.text


def test_too_much_at_once_is_told_in_plain_words(app: Flask, taking: FlaskClient) -> None:
    app.config.update(MAX_CONTENT_LENGTH=100)
    response = taking.post("/en/taken", data={"story": "x" * 200})
    assert response.status_code == 413
    assert "too big" in response.text


def test_a_form_without_token_is_refused(taking: FlaskClient) -> None:
    response = taking.post("/en/taken", data={"story": "mine"})
    assert response.status_code == 400
    assert "mine" not in response.text


def test_a_late_form_of_ours_keeps_what_was_typed(taking: FlaskClient) -> None:
    typed = 'first line\nكان <script> & "more"'
    late = taking.post("/en/taken?step=2", data={"story": typed, "csrf_token": "old"}, headers=OURS)
    assert late.status_code == 400
    assert 'action="/en/taken?step=2"' in late.text
    assert "<script>" not in late.text
    fresh = re.findall(r'name="csrf_token" value="([^"]+)"', late.text)[-1]
    sent = taking.post("/en/taken", data={"story": typed, "csrf_token": fresh})
    assert (sent.status_code, sent.text) == (200, typed)


def test_leaving_forgets_and_shows_an_empty_page(client: FlaskClient) -> None:
    left = client.post("/ar/leave", data={"csrf_token": _token(client)})
    assert (left.status_code, left.location) == (303, "/blank")
    assert left.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    ended = " ".join(left.headers.getlist("Set-Cookie"))
    assert "rc_draft=;" in ended
    assert "rc_case=;" in ended
    page = client.get("/blank").text
    assert "Recourse" not in page
    assert "<body></body>" in page


def test_leaving_works_from_a_page_that_was_open_too_long(client: FlaskClient) -> None:
    left = client.post("/en/leave", data={"csrf_token": "old"}, headers=OURS)
    assert (left.status_code, left.location) == (303, "/blank")


def test_other_sites_cannot_make_anybody_leave(client: FlaskClient) -> None:
    for header in ({}, {"Sec-Fetch-Site": "cross-site"}):
        assert client.post("/en/leave", data={}, headers=header).status_code == 400
