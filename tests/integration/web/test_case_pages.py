"""The reporter's pages: in with the code, every action by a plain form, nothing that was typed is lost."""

import gzip
import re
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from app.crypto import codes
from app.domain.ids import Action
from app.portal import Portal
from app.services.context import SYSTEM, Context
from tests import cases
from tests.conftest import NOW
from tests.people import People, enrol_people
from tests.visitors import member_client, send

OVERVIEW = "/en/case/overview"
ACTION_PAGE = re.compile(r'href="(/en/case/[^"#]+)"')
STATEMENTS = 12
FIRST_LOAD_BYTES = 30_000


@dataclass
class Scene:
    """One case with its people, and the reporter's browser inside it."""

    client: FlaskClient
    portal: Portal
    people: People
    filed: cases.Filed

    def page(self, url: str = OVERVIEW) -> str:
        response = self.client.get(url)
        assert response.status_code == 200, f"{url}: {response.status_code}"
        return response.text

    def links(self, part: str, url: str = OVERVIEW) -> list[str]:
        return [found for found in ACTION_PAGE.findall(self.page(url)) if part in found]

    def send(self, url: str, done: str, page: str | None = None, **fields) -> None:
        response = send(self.client, url, fields, page)
        assert response.status_code == 303, response.text
        assert response.location.endswith(f"{OVERVIEW}?done={done}")
        assert 'role="status"' in self.page(response.location)

    def routed(self) -> str:
        (party_id,) = cases.route(self.portal, self.people, self.filed, self.people.officer)
        return party_id

    def offered(self, waiver: bool = False) -> tuple[str, str]:
        party_id = self.routed()
        return party_id, cases.offer(self.portal, self.people.officer, self.filed, party_id, waiver)

    def state(self) -> str:
        return cases.states(self.portal, self.filed)[0]


@pytest.fixture
def scene(app, client) -> Scene:
    portal = app.extensions["recourse"]
    with portal.database.transaction() as session:
        people = enrol_people(Context(session, portal, SYSTEM, NOW))
    filed = cases.file_case(portal, [people.officer])
    assert send(client, "/en/case", {"code": filed.code}).status_code == 303
    return Scene(client, portal, people, filed)


def test_the_code_lets_in_in_any_form_and_the_address_never_holds_it(app, scene):
    client = app.test_client()
    typed = " - ".join(codes.groups(scene.filed.code))
    response = send(client, "/ar/case", {"code": typed})
    assert response.location == "/ar/case/overview"
    assert client.get("/en/case").location == OVERVIEW


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Please answer this question."),
        ("1234 5678", "has 28 digits"),
        ("12345678901234567890123456ab", "digits only"),
        ("1234567890123456789012345627", "opens no case here"),
    ],
)
def test_a_code_that_opens_nothing_says_why_and_is_kept_in_the_field(app, scene, typed, said):
    client = app.test_client()
    response = send(client, "/en/case", {"code": typed})
    assert response.status_code == 422
    assert said in response.text
    assert f'value="{typed}"' in response.text
    assert client.get(OVERVIEW).status_code == 303


def test_without_the_code_every_page_leads_to_the_door(app, scene):
    scene.offered()
    client = app.test_client()
    for url in [OVERVIEW, *ACTION_PAGE.findall(scene.page())]:
        if url == "/en/case":
            continue
        response = client.get(url)
        assert (response.status_code, response.location) == (303, "/en/case"), url


def test_closing_ends_the_session(scene):
    response = send(scene.client, "/en/case/close", {}, OVERVIEW)
    assert "Clear-Site-Data" in response.headers
    assert scene.client.get(OVERVIEW).status_code == 303


def test_every_page_that_is_offered_opens(scene):
    scene.offered()
    for url in ACTION_PAGE.findall(scene.page()):
        if "/overview" not in url and url != "/en/case":
            scene.page(url)


def test_a_message_goes_to_the_right_thread_and_shows_up(scene):
    party_id = scene.routed()
    scene.send(f"/en/case/messages/{party_id}", "message", text="Please hurry <b>.")
    page = scene.page(f"/en/case/messages/{party_id}")
    assert "Please hurry &lt;b&gt;." in page
    assert "Please hurry" not in scene.page("/en/case/messages/host")


def test_an_empty_message_is_refused_and_a_refused_one_is_kept(scene):
    party_id = scene.routed()
    url = f"/en/case/messages/{party_id}"
    assert send(scene.client, url, {"text": ""}).status_code == 422
    token_page = scene.page(url)
    scene.send("/en/case/safety", "safety", text="They found out.")
    token = re.search(r'name="csrf_token" value="([^"]+)"', token_page)[1]
    response = scene.client.post(url, data={"csrf_token": token, "text": "A long text of mine"})
    assert response.status_code == 422
    assert "A long text of mine" in response.text
    assert "nothing goes to a company" in response.text


def test_a_question_is_answered(scene):
    cases.accept(scene.portal, scene.people, scene.filed)
    cases.say(scene.portal, scene.people.caseworker, scene.filed, None, "When was it?")
    cases.act(scene.portal, scene.people.caseworker, scene.filed, None, Action.ASK_INFO)
    (url,) = scene.links("/answer")
    scene.send(url, "answered", text="In May.")
    assert scene.state() == "accepted"


def test_the_whole_way_from_offer_to_confirmation(scene):
    party_id, _offer_id = scene.offered()
    (url,) = set(scene.links("/offers/"))
    assert "Get advice first" in scene.page(url)
    assert send(scene.client, url, {}).status_code == 422  # without the tick
    scene.send(url, "accepted", agree="y")
    cases.claim_all(scene.portal, scene.people.officer, scene.filed, party_id)
    first, second = scene.links("/promises/")
    assert "How do you feel" not in scene.page(first)
    scene.send(first, "confirmed")
    scene.send(f"{second}/missing", "disputed", text="No letter came.")
    assert scene.state() == "remedy_delivery"
    cases.claim_all(scene.portal, scene.people.officer, scene.filed, party_id)
    (last,) = scene.links("/promises/")
    assert "How do you feel" in scene.page(last)
    scene.send(last, "confirmed", satisfaction="4")
    assert scene.state() == "closed_remedied"
    assert scene.client.get(last).location.endswith("done=not_now")


def test_an_offer_that_asks_for_a_waiver_waits_for_advice(scene):
    _party_id, offer_id = scene.offered(waiver=True)
    url = f"/en/case/offers/{offer_id}"
    assert "Accept this offer" not in scene.page(url)
    assert send(scene.client, url, {"agree": "y"}).status_code == 422
    scene.send(f"{url}/advice", "advice", page=url)
    scene.send(url, "accepted", agree="y")


def test_saying_no_leads_to_talks_with_what_was_said(scene):
    party_id, _offer_id = scene.offered()
    url = f"/en/case/parties/{party_id}/decline"
    for fields in ({"text": "x"}, {"how": "changes", "text": " "}):
        response = send(scene.client, url, fields)
        assert response.status_code == 422
    scene.send(url, "declined", how="changes", text="It leaves out the copies.")
    assert scene.state() == "dialogue"
    assert "It leaves out the copies." in scene.page()
    assert "You asked for changes to the offer." in scene.page()


def test_pausing_going_on_and_ending(scene):
    scene.routed()
    scene.send("/en/case/pause", "paused")
    assert "/en/case/pause" not in scene.page()
    scene.send("/en/case/resume", "resumed", page=OVERVIEW)
    pushed = send(scene.client, "/en/case/end", {"pressure": "pushed", "text": "my words"})
    assert pushed.status_code == 200
    assert "Nobody may push you" in pushed.text
    assert "my words" in pushed.text
    assert scene.state() == "routed"
    scene.send("/en/case/end", "ended", pressure="pushed", text="my words", sure="yes")
    assert scene.state() == "closed_withdrawn"
    assert scene.client.get("/en/case/end").location.endswith("done=not_now")


def test_sharing_shows_exactly_what_is_shared_and_can_be_taken_back(scene):
    scene.routed()
    (url,) = scene.links("/sharing/", "/en/case/sharing")
    assert "choose at least one part" in scene.client.get(f"{url}?asked=1").text
    shown = f"{url}?asked=1&covers=identity"
    page = scene.page(shown)
    assert cases.IDENTITY["contact"] in page
    assert cases.STATEMENT["happened"] not in page
    assert send(scene.client, shown, {}).status_code == 422
    scene.send(shown, "shared", agree="y")
    (end,) = scene.links("/end")[:1]
    scene.send(next(each for each in scene.links("/consents/")), "unshared")
    assert scene.links("/consents/") == []
    assert end
    assert scene.client.get(f"{url}?covers=notes").status_code == 404


def test_word_of_news_is_off_asked_with_the_risk_said_and_removable(scene):
    assert "(off)" in scene.page()
    assert "Read this first" in scene.page("/en/case/notices")
    wrong = send(scene.client, "/en/case/notices", {"email": "noor at home", "understood": "y"})
    assert wrong.status_code == 422
    assert "noor at home" in wrong.text
    scene.send("/en/case/notices", "notices", email="noor@example.org", understood="y")
    assert "noor@example.org" not in scene.page("/en/case/notices")
    scene.send("/en/case/notices/remove", "no_notices", page="/en/case/notices")
    assert "(off)" in scene.page()


def test_foreign_ids_are_not_found(scene):
    party_id, offer_id = scene.offered()
    other = cases.file_case(scene.portal)
    client = scene.client
    send(client, "/en/case/close", {}, OVERVIEW)
    send(client, "/en/case", {"code": other.code})
    for path in (f"offers/{offer_id}", f"messages/{party_id}", f"parties/{party_id}/decline"):
        assert client.get(f"/en/case/{path}").status_code == 404
        assert (
            send(
                client, f"/en/case/{path}", {"text": "x", "agree": "y", "how": "refuse"}, OVERVIEW
            ).status_code
            == 404
        )
    for path in ("promises/" + "0" * 32, "sharing/consents/" + "0" * 32 + "/end"):
        assert client.get(f"/en/case/{path}").status_code == 404


def test_who_opened_the_case_is_told(scene, app):
    assert "Nobody but you yet." in scene.page()
    reference = re.search(r"RC-\w{8}", scene.page())[0]
    assert member_client(app, scene.people.caseworker).get(f"/en/desk/cases/{reference}").status_code == 200
    page = scene.page()
    assert "Recourse Secretariat" in page[page.index('id="opened"') :]
    assert "Caseworker" in page[page.index('id="opened"') :]


def test_the_first_load_is_light(scene):
    scene.offered()
    page = scene.page()
    style = scene.client.get(
        re.search(r'href="([^"]+recourse.css)"', page)[1], headers={"Accept-Encoding": "gzip"}
    )
    assert len(gzip.compress(page.encode())) + len(style.data) < FIRST_LOAD_BYTES


def test_the_page_needs_no_more_statements_when_the_case_grows(scene):
    seen = []

    def count(_connection, _cursor, statement, *_rest):
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    def cost() -> int:
        seen.clear()
        scene.page()
        return len(seen)

    event.listen(scene.portal.database.engine, "before_cursor_execute", count)
    party_id, other_id = cases.route(
        scene.portal, scene.people, scene.filed, scene.people.officer, scene.people.upstream_officer
    )
    small = cost()
    cases.offer(scene.portal, scene.people.officer, scene.filed, party_id)
    for thread_id, person in ((party_id, scene.people.officer), (other_id, scene.people.upstream_officer)):
        cases.say(scene.portal, person, scene.filed, thread_id, "Hello", times=20)
    assert cost() == small <= STATEMENTS, "\n".join(seen)
