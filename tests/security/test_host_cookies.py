"""Cookies under HTTPS come from this very host alone; an onion service still gets usable ones."""

import pytest

from app import create_app
from app.services.context import SYSTEM, Context
from config import Settings
from tests.people import enrol_people, now


@pytest.fixture
def https(tmp_path, sqlite_url):
    """A portal reached by HTTPS."""
    settings = Settings(
        environment="test",
        instance_dir=tmp_path,
        database_url=sqlite_url,
        base_url="https://recourse.example",
        argon2_memory_kib=64,
        argon2_iterations=1,
    )
    app = create_app(settings)
    portal = app.extensions["recourse"]
    with portal.database.transaction() as session:
        enrol_people(Context(session, portal, SYSTEM, now()))
    yield app
    portal.database.close()


def begun(app, host: str) -> list[str]:
    """The cookies that beginning a report sets at this host."""
    client = app.test_client()
    base = f"{'http' if host.endswith('.onion') else 'https'}://{host}"
    page = client.get("/en/report", base_url=base).text
    token = page.split('name="csrf_token" value="')[-1].split('"')[0]
    headers = {"Referer": f"{base}/en/report"}
    answer = client.post("/en/report", base_url=base, data={"csrf_token": token}, headers=headers)
    assert answer.status_code == 303, answer.text
    return answer.headers.getlist("Set-Cookie")


def test_https_cookies_are_bound_to_the_host(https):
    (cookie,) = [each for each in begun(https, "recourse.example") if "rc_draft" in each]
    assert cookie.startswith("__Host-rc_draft=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= set(cookie.split("; "))


def test_an_onion_service_sets_cookies_that_its_visitors_can_send_back(https):
    (cookie,) = [each for each in begun(https, "abc.onion") if "rc_draft" in each]
    assert cookie.startswith("rc_draft=")
    assert "Secure" not in cookie.split("; ")
