"""Attacks on pages: secrets handed back, headers split, forms from elsewhere, moments told by files."""

import io

import pytest

from app.services.evidence_storing import store_file
from app.web.carry import SECRETS
from config import Settings
from tests.visitors import member_client

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
FORMS = {
    "case.enter": "/en/case",
    "desk.sign_in": "/en/desk/sign-in",
    "desk_join.choose": "/en/desk/join/account",
    "desk_join.code": "/en/desk/join",
    "desk_join.recover": "/en/desk/recover",
    "desk_settings.password": "/en/desk/settings/password",
    "report.check": "/en/report/done",
}


def test_every_form_with_a_secret_is_tried_here(app):
    assert FORMS.keys() == SECRETS.keys()
    with app.test_request_context():
        for endpoint, address in FORMS.items():
            assert app.url_map.bind("").match(address, method="POST")[0] == endpoint


@pytest.mark.parametrize("endpoint", FORMS)
def test_a_late_form_hands_no_secret_back(app, staff, endpoint):
    typed = {name: f"secret-{name}-1234" for name in SECRETS[endpoint]}
    client = member_client(app, staff.officer)
    late = client.post(FORMS[endpoint], data={**typed, "email": "kept@example.org"}, headers=SAME_SITE)
    assert late.status_code == 400
    assert "kept@example.org" in late.text
    assert "secret-" not in late.text


def test_a_form_from_elsewhere_gets_no_page_that_would_send_it(app, staff):
    client = member_client(app, staff.officer)
    for origin in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
        answer = client.post("/en/desk/settings/language", data={"language": "planted"}, headers=origin)
        assert answer.status_code == 400
        assert "planted" not in answer.text


@pytest.mark.parametrize("path", ["/en/%0d%0aSet-Cookie:%20a=b", "/en/%C3%A9%E2%82%AC", "/en/a?b=%0d%0ac"])
def test_no_address_splits_or_breaks_the_header_for_the_onion_service(app, monkeypatch, path):
    portal = app.extensions["recourse"]
    with_onion = portal.settings.model_copy(update={"onion_url": "http://abc.onion"})
    assert isinstance(with_onion, Settings)
    monkeypatch.setitem(portal.__dict__, "settings", with_onion)
    answer = app.test_client().get(path)
    assert answer.status_code == 404
    assert answer.headers["Onion-Location"].isascii()
    assert answer.headers["Onion-Location"].startswith("http://abc.onion/en/")
    assert "Set-Cookie" not in [name for name, value in answer.headers if value.startswith("a=b")]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80@r.example"])
@pytest.mark.parametrize("path", ["/", "//evil.example/", "/en/desk", "/en/case/overview", "/en/report/what"])
def test_nobody_is_led_to_another_site(app, path, host):
    answer = app.test_client().get(path, headers={"Host": host})
    if answer.location:
        assert answer.location.startswith("/") and not answer.location.startswith("//")


def test_files_and_folders_of_the_store_tell_the_day_and_no_time(app):
    portal = app.extensions["recourse"]
    store_file(portal, "0" * 32, "a.txt", io.BytesIO(b"something"))
    folder = portal.settings.instance_dir / "evidence"
    for path in (folder, *folder.rglob("*")):
        assert path.stat().st_mtime % (24 * 3600) == 0, path
