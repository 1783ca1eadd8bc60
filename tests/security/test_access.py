"""Every route is on the access table, keeps strangers out, and refuses forms from elsewhere."""

import pytest
from werkzeug.routing import Rule as Route

from app import create_app
from app.web.access import ACCESS, DOORS, Who
from app.web.headers import ALWAYS
from config import Settings

FILLINGS = {"lang": "en", "reference": "RC-00000000", "filename": "recourse.css"}


def address(route: Route) -> str:
    """The route's address with something plausible in each gap."""
    path = route.rule
    for name in route.arguments:
        for gap in (f"<{name}>", f"<path:{name}>", f"<int:{name}>", f"<string:{name}>"):
            path = path.replace(gap, FILLINGS.get(name, "1"))
    return path


def routes(app, method: str) -> list[Route]:
    """Every route that answers the method."""
    return [route for route in app.url_map.iter_rules() if method in route.methods]


def test_every_route_is_listed_and_every_listed_one_exists(app):
    assert {route.endpoint for route in app.url_map.iter_rules()} == ACCESS.keys()


def test_an_unlisted_route_is_refused(app):
    app.add_url_rule("/<lang>/unlisted", "unlisted", lambda: "open")
    with pytest.raises(LookupError, match="unlisted"):
        app.test_client().get("/en/unlisted")


def test_strangers_are_sent_to_the_door(app, staff):
    for route in routes(app, "GET"):
        answer = app.test_client().get(address(route))
        who = ACCESS[route.endpoint].who
        if who is Who.PUBLIC:
            assert answer.status_code < 500, route
            continue
        with app.test_request_context("/en/"):
            door = app.url_for(DOORS[who], lang="en")
        assert (answer.status_code, answer.location) == (303, door), route


def test_every_form_without_its_token_is_refused(app, staff):
    for route in routes(app, "POST"):
        answer = app.test_client().post(address(route), data={"anything": "typed"})
        assert answer.status_code == 400, route


def test_every_answer_carries_the_headers(app, staff):
    for route in routes(app, "GET"):
        answer = app.test_client().get(address(route))
        for name, value in ALWAYS.items():
            if name == "Cache-Control" and route.endpoint == "static":
                continue
            assert answer.headers.get(name) == value, (route, name)


@pytest.mark.parametrize(
    ("base", "expected"), [("https://r.example", True), ("http://127.0.0.1:8000", False)]
)
def test_https_is_kept_to_once_there_is_https(base, expected, tmp_path, sqlite_url):
    settings = Settings(
        environment="test",
        instance_dir=tmp_path,
        database_url=sqlite_url,
        base_url=base,
        onion_url="http://a.onion",
    )
    answer = create_app(settings).test_client().get("/en/")
    assert ("Strict-Transport-Security" in answer.headers) is expected
    assert answer.headers["Onion-Location"] == "http://a.onion/en/"
