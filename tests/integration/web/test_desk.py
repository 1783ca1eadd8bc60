"""The desk in a browser: getting in, members, settings, the list, and what outsiders meet."""

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import select, update

from app.models import Case, Invitation, Member, Session
from app.services import invitations, organisations
from app.services.context import SYSTEM, Context
from tests import cases, desk
from tests.conftest import NOW
from tests.people import PASSWORD, enrol_people
from tests.visitors import member_client, send

FAILED = "do not fit together"


@pytest.fixture
def portal(app):
    return app.extensions["recourse"]


@pytest.fixture
def people(portal):
    with portal.database.transaction() as session:
        # Earlier than now, or the code of now would count as used.
        return enrol_people(Context(session, portal, SYSTEM, datetime.now(UTC) - timedelta(minutes=5)))


@pytest.fixture
def founding_code(portal):
    with portal.database.transaction() as session:
        ctx = Context(session, portal, SYSTEM, datetime.now(UTC))
        new = organisations.enter_organisation(ctx, "New Company", "respondent")
        return invitations.add_invitation(ctx, new, ("Ines", "ines@example.org", ["manager"]), None)


def credentials(person, **changes):
    given = {"email": person.email, "password": PASSWORD, "code": person.code(datetime.now(UTC))}
    return given | changes


def test_signing_in_and_out(client, people):
    assert client.get("/en/desk/cases").location == "/en/desk/sign-in"
    response = send(client, "/en/desk/sign-in", credentials(people.caseworker))
    assert response.location == "/en/desk" and client.get("/en/desk").location == "/en/desk/cases"
    assert client.get("/en/desk/cases").status_code == 200
    out = send(client, "/en/desk/sign-out", {}, page="/en/desk/cases")
    assert out.location == "/en/desk/sign-in" and "cookies" in out.headers["Clear-Site-Data"]
    assert client.get("/en/desk/cases").status_code == 303


@pytest.mark.parametrize("wrong", [{"email": "nobody@example.org"}, {"password": "no"}, {"code": "000000"}])
def test_whatever_is_wrong_the_page_says_the_same_and_keeps_the_address(client, people, wrong):
    given = credentials(people.officer, **wrong)
    response = send(client, "/en/desk/sign-in", given)
    assert response.status_code == 422 and FAILED in response.text
    assert f'value="{given["email"]}"' in response.text and PASSWORD not in response.text


def test_many_tries_have_to_wait_and_are_told_so_kindly(client, people):
    for _ in range(5):
        send(client, "/en/desk/sign-in", credentials(people.officer, password="no"))
    response = send(client, "/en/desk/sign-in", credentials(people.officer))
    assert response.status_code == 429 and "Your account is not locked" in response.text


def test_the_first_manager_joins_and_sees_the_kit_once(client, portal, founding_code):
    typo = send(client, "/en/desk/join", {"code": founding_code[:-1]})
    assert typo.status_code == 422 and "28 digits" in typo.text
    assert send(client, "/en/desk/join", {"code": founding_code}).location == "/en/desk/join/account"
    page = client.get("/en/desk/join/account").text
    assert "New Company" in page and "recovery kit" in page and founding_code not in page
    picture = client.get("/en/desk/join/code.png")
    assert picture.mimetype == "image/png" and picture.data.startswith(b"\x89PNG")
    seed = "".join(re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].split())
    weak = send(client, "/en/desk/join/account", {"password": "password1", "totp_code": totp(seed)})
    assert weak.status_code == 422 and "too easy to guess" in weak.text and seed[:4] in weak.text
    done = send(client, "/en/desk/join/account", {"password": PASSWORD, "totp_code": totp(seed)})
    kit = "-".join(re.findall(r"<span>([0-9A-Z]{4})</span>", done.text))
    assert len(kit) == 69 and "loses its cases for ever" in done.text
    assert client.get("/en/desk/join/account").location == "/en/desk/join"
    assert client.get("/en/desk/join/code.png").status_code == 404
    recovered(client, portal, kit)


def recovered(client, portal, kit):
    with portal.database.reading() as session:
        organisation = session.scalar(select(Member.organisation_id))
    fields = {"organisation": organisation, "name": "Jo", "email": "jo@example.org"}
    wrong = send(client, "/en/desk/recover", {**fields, "kit": kit[:-1] + ("A" if kit[-1] != "A" else "B")})
    assert wrong.status_code == 422 and 'value="Jo"' in wrong.text
    right = send(client, "/en/desk/recover", {**fields, "kit": kit.lower()})
    code = "".join(re.findall(r"<span>(\d{4})</span>", right.text))
    assert send(client, "/en/desk/join", {"code": code}).location == "/en/desk/join/account"


def totp(seed):
    return pyotp.TOTP(seed).now()


def test_a_manager_invites_and_disables(app, portal, people):
    manager, officer = member_client(app, people.manager), member_client(app, people.officer)
    assert officer.get("/en/desk/members").status_code == 404
    given = {"name": "Kim", "email": "kim@example.org", "roles": "caseworker"}
    refused = send(manager, "/en/desk/members/invite", given)
    assert refused.status_code == 422 and 'value="Kim"' in refused.text
    made = send(manager, "/en/desk/members/invite", given | {"roles": ["respondent", "manager"]})
    assert len(re.findall(r"<span>\d{4}</span>", made.text)) == 7
    with portal.database.reading() as session:
        invitation = session.scalars(select(Invitation).where(Invitation.name == "Kim")).one().id
    cancel = f"/en/desk/members/invitations/{invitation}/cancel"
    assert send(manager, cancel, {}, page="/en/desk/members").status_code == 303
    assert "Kim" not in manager.get("/en/desk/members").text
    assert officer.get("/en/desk/settings").status_code == 200
    disable = f"/en/desk/members/{people.officer.actor.member_id}/disable"
    assert send(manager, disable, {}).status_code == 303
    assert officer.get("/en/desk/settings").location == "/en/desk/sign-in"
    with portal.database.reading() as session:
        gone = session.get(Member, people.officer.actor.member_id)
        assert gone.status == "disabled" and not gone.sealed_organisation_key
    for other in (people.outsider, people.manager):
        url = f"/en/desk/members/{other.actor.member_id}/disable"
        assert send(manager, url, {}, page="/en/desk/members").status_code == 404


def test_own_settings(app, portal, people):
    client = member_client(app, people.officer)
    french = send(client, "/en/desk/settings/language", {"language": "fr"}, page="/en/desk/settings")
    assert french.location == "/fr/desk/settings"
    fields = {"old": "wrong", "new": "eleven grey otters under the bridge"}
    wrong = send(client, "/en/desk/settings/password", fields, page="/en/desk/settings")
    assert wrong.status_code == 422 and "not your present password" in wrong.text
    fields["old"] = PASSWORD
    assert send(client, "/en/desk/settings/password", fields, page="/en/desk/settings").status_code == 200
    assert client.get("/en/desk/settings").status_code == 303
    again = member_client(app, people.officer)
    assert (
        send(again, "/en/desk/settings/sign-out-everywhere", {}, page="/en/desk/settings").status_code == 303
    )
    with portal.database.reading() as session:
        assert not session.scalars(select(Session)).all()


@pytest.fixture
def routed(portal, people):
    """A case that Lumen Chat received; its reference."""
    filed = cases.file_case(portal, [people.officer], now=datetime.now(UTC))
    party = cases.route(portal, people, filed, people.officer)[0]
    with portal.database.reading() as session:
        return session.get(Case, filed.case_id).reference, party


def test_an_officer_promises_first(app, people, routed):
    client, (reference, party) = member_client(app, people.officer), routed
    base = desk.address(reference)
    for page in ("/en/desk/cases", base, f"{base}/do/actor_ack/{party}"):
        assert client.get(page).location == "/en/desk/undertaking"
    assert send(client, "/en/desk/undertaking", {}).status_code == 422
    assert send(client, "/en/desk/undertaking", {"agree": "y"}).location == "/en/desk"
    assert reference in client.get("/en/desk/cases").text
    assert cases.STATEMENT["happened"] in desk.page(client, reference)
    assert cases.IDENTITY["name"] not in desk.page(client, reference)


def test_for_others_no_address_of_the_case_leads_anywhere(app, portal, people, routed):
    reference, party = routed
    with portal.database.transaction() as session:
        session.execute(update(Member).values(undertaking_on=NOW.date()))
    base = desk.address(reference)
    pages = ["", "/do/actor_ack", f"/do/actor_ack/{party}", "/do/assess", "/do/nothing"]
    for person in (people.outsider, people.upstream_officer, people.manager):
        client = member_client(app, person)
        for page in pages:
            assert client.get(base + page).status_code == 404
        for page in ("/message", "/note", *pages[1:]):
            response = send(client, base + page, {"message-text": "x", "note-text": "x"}, "/en/desk/settings")
            assert response.status_code == 404, page
    assert member_client(app, people.caseworker).get(base).status_code == 200


def test_messages_and_notes(app, people, routed):
    client, (reference, party) = member_client(app, people.caseworker), routed
    base = desk.address(reference)
    assert send(client, f"{base}/message", {"message-text": "To you"}, base).status_code == 303
    fields = {"message-text": "To both", "party": party}
    assert send(client, f"{base}/message", fields, base).status_code == 303
    assert send(client, f"{base}/note", {"note-text": "Between us"}, base).status_code == 303
    empty = send(client, f"{base}/note", {"note-text": "  "}, base)
    assert empty.status_code == 422 and 'role="alert"' in empty.text
    page = desk.page(client, reference)
    assert all(text in page for text in ("To you", "To both", "Between us"))


def test_a_form_keeps_what_was_typed_and_a_late_one_can_be_copied(app, portal, people):
    filed = cases.file_case(portal, now=datetime.now(UTC))
    with portal.database.reading() as session:
        reference = session.get(Case, filed.case_id).reference
    client, url = member_client(app, people.caseworker), ""
    url = f"{desk.address(reference)}/do/start_screening"
    kept = send(client, url, {"acknowledgement": "My own words"})
    assert kept.status_code == 422 and "My own words" in kept.text and 'role="alert"' in kept.text
    assert desk.do(client, reference, "start_screening").status_code == 303
    late = send(client, url, {"acknowledgement": "My own words"}, page="/en/desk/settings")
    assert late.status_code == 409 and "My own words" in late.text


def test_one_more_promise_loses_nothing(app, portal, people, routed):
    with portal.database.transaction() as session:
        session.execute(update(Member).values(undertaking_on=NOW.date()))
    client, (reference, party) = member_client(app, people.officer), routed
    assert desk.do(client, reference, "actor_ack", party).status_code == 303
    url = f"{desk.address(reference)}/do/actor_answer/{party}"
    fields = desk.filled(client.get(url).text)
    more = send(client, url, fields | {"more": "1"})
    assert more.status_code == 200 and "items-2-remedy" in more.text
    assert desk.PROMISE["what"] in more.text and "Please answer" not in more.text
    bad = send(client, url, fields | {"items-0-due_on": "2020-01-01", "items-1-proof": ""})
    assert bad.status_code == 422 and "still to come" in bad.text
    bad = send(client, url, fields | {"items-1-proof": ""})
    assert bad.status_code == 422 and 'href="#items-1-proof"' in bad.text
