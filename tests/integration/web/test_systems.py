"""The desk's pages for systems: listing, linking, the picture, and who may."""

import re
import xml.etree.ElementTree as ET

import pytest

from app.services.context import SYSTEM, Context
from tests.conftest import NOW
from tests.people import enrol_people
from tests.visitors import member_client, send

CHAT = {
    "name": "Lumen Chat",
    "kind": "application",
    "role": "system_deployer",
    "also_called": "Lumi\n\nلومن",
}
MODEL = {"name": "Deep <One>", "kind": "model", "role": "model_builder"}


@pytest.fixture
def browsers(app):
    """`browsers(name)`: the browser of one of the people."""
    portal = app.extensions["recourse"]
    with portal.database.transaction() as session:
        people = enrol_people(Context(session, portal, SYSTEM, NOW))
    return lambda name: member_client(app, getattr(people, name))


def add(client, facts):
    response = send(client, "/en/desk/systems/add", facts)
    assert response.status_code == 303, response.text
    return response.location


def link(client, page, wanted):
    search = f"{page}/link?q={wanted}"
    found = re.search(r'name="upstream" type="radio" value="(\w+)"', client.get(search).text)
    return send(client, search, {"upstream": found[1], "relation": "built_on"})


def test_a_cycle_is_drawn_with_its_table(browsers):
    officer, upstream = browsers("officer"), browsers("upstream_officer")
    chat, model = add(officer, CHAT), add(upstream, MODEL)
    assert link(officer, chat, "deep").status_code == 303
    assert link(upstream, model, "لُومن").status_code == 303
    text = officer.get(chat.replace("/en/", "/ar/")).text
    svg = ET.fromstring(re.search(r"<svg.*?</svg>", text, re.DOTALL)[0])
    space = {"s": "http://www.w3.org/2000/svg"}
    assert len(svg.findall(".//s:g", space)) == 2 and len(svg.findall("s:path", space)) == 2
    assert svg.find("s:title", space).text and svg.find("s:desc", space).text
    assert "style=" not in text and text.count("<bdi>Lumen Chat</bdi>") >= 3
    assert "Deep <One>" not in text


def test_an_empty_form_is_handed_back_with_what_was_typed(browsers):
    response = send(browsers("officer"), "/en/desk/systems/add", {"name": "!!", "also_called": "x" * 300})
    assert response.status_code == 422
    for words in ("use letters or digits", "at most 20 names", "Please answer this question", "x" * 300):
        assert words in response.text


def test_only_the_host_is_asked_who_runs_it(browsers):
    assert 'name="operator"' not in browsers("officer").get("/en/desk/systems/add").text
    caseworker = browsers("caseworker")
    page = add(caseworker, MODEL | {"operator": "Far Labs"})
    assert "Far Labs" in caseworker.get("/fr/desk/systems").text
    refused = send(caseworker, f"{page}/change", MODEL | {"operator": ""})
    assert refused.status_code == 422 and "who runs this system" in refused.text
    assert send(caseworker, f"{page}/change", MODEL | {"operator": "Near"}).status_code == 303


def test_links_are_taken_back_and_systems_removed(browsers):
    officer = browsers("officer")
    chat = add(officer, CHAT)
    add(browsers("upstream_officer"), MODEL)
    link(officer, chat, "deep")
    cut = re.search(r'action="([^"]+/cut/\w+)"', officer.get(chat).text)[1]
    assert send(officer, cut, {}, page=chat).status_code == 303
    assert "/cut/" not in officer.get(chat).text
    assert send(officer, f"{chat}/remove", {}).location == "/en/desk/systems"
    assert officer.get(chat).status_code == 404


@pytest.mark.parametrize("below", ["", "/change", "/remove", "/link"])
def test_another_organisation_finds_nothing(browsers, below):
    page = add(browsers("officer"), CHAT)
    assert browsers("outsider").get(page + below).status_code == 404


def test_another_organisation_changes_nothing(browsers):
    officer, outsider = browsers("officer"), browsers("outsider")
    page, own = add(officer, CHAT), add(outsider, MODEL)
    token_page = f"{own}/remove"
    for below, fields in (("/change", MODEL), ("/remove", {}), ("/cut/x", {})):
        assert send(outsider, page + below, fields, page=token_page).status_code == 404
    assert "Lumen Chat" in officer.get(page).text


def test_whoever_may_not_edit_is_shown_no_page_for_it(browsers):
    lead = browsers("safeguarding_lead")
    assert lead.get("/en/desk/systems").status_code == 200
    assert lead.get("/en/desk/systems/add").status_code == 404
