"""Every state, every role: what the desk offers succeeds with valid input, and nothing else is offered."""

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app.domain.answers import NoThanks
from app.domain.ids import Action, State
from app.models import Case, Event, Member, Offer
from app.portal import Portal
from app.services import answers, course, deliveries, steps
from app.services.context import SYSTEM, Context
from app.services.offers import outstanding
from tests import cases, desk
from tests.conftest import NOW
from tests.people import People, enrol_people
from tests.visitors import member_client

STAFF = ("caseworker", "second_caseworker", "safeguarding_lead", "officer", "upstream_officer", "outsider")
OUTSIDE = {"upstream_officer", "outsider"}


@dataclass
class Scene:
    """One case, its people and their browsers."""

    app: object
    portal: Portal
    people: People
    filed: cases.Filed
    reference: str

    def browser(self, name):
        return member_client(self.app, getattr(self.people, name))

    def run(self, name, act, party=""):
        response = desk.do(self.browser(name), self.reference, act, party)
        assert response.status_code == 303, f"{name} {act}: {response.status_code} {response.text[:3000]}"

    def person(self, use_case, *given):
        with self.portal.database.transaction() as session:
            use_case(self.filed.context(session, self.portal, datetime.now(UTC)), self.filed.case_id, *given)

    def party(self):
        return next(party for act, party in desk.offered(self.browser("officer"), self.reference) if party)

    def state(self):
        return cases.states(self.portal, self.filed)[0]


@pytest.fixture
def scene(app):
    portal = app.extensions["recourse"]
    with portal.database.transaction() as session:
        people = enrol_people(Context(session, portal, SYSTEM, NOW))
        session.execute(update(Member).values(undertaking_on=NOW.date()))
    filed = cases.file_case(portal, [people.officer], ("statement",), datetime.now(UTC))
    with portal.database.transaction() as session:
        case = session.get(Case, filed.case_id)
        case.flags, reference = ["danger_to_life"], case.reference  # as its harm asks for
    return Scene(app, portal, people, filed, reference)


def _screening(scene):
    scene.run("caseworker", Action.START_SCREENING)


def _assessed(scene):
    _screening(scene)
    scene.run("caseworker", "assess")


def _refusal_pending(scene):
    _assessed(scene)
    scene.run("caseworker", Action.REFUSE)


def _refused(scene):
    _refusal_pending(scene)
    scene.run("second_caseworker", "confirm_decision")


def _accepted(scene):
    _assessed(scene)
    scene.run("caseworker", Action.ACCEPT)


def _asked(scene):
    _accepted(scene)
    scene.run("caseworker", Action.ASK_INFO)


def _routed(scene):
    _accepted(scene)
    scene.run("caseworker", Action.ROUTE)


def _held(scene):
    _routed(scene)
    scene.run("caseworker", Action.SAFETY_FLAG)


def _paused(scene):
    _routed(scene)
    scene.person(course.pause)


def _review(scene):
    _routed(scene)
    scene.run("officer", Action.ACTOR_ACK, scene.party())


def _proposed(scene):
    _review(scene)
    party = scene.party()
    scene.run("officer", Action.ACTOR_ANSWER, party)
    return party


def _dialogue(scene):
    party = _proposed(scene)
    scene.person(answers.reject, party, NoThanks.CHANGES, "More please")
    return party


def _agreed(scene):
    party = _proposed(scene)
    with scene.portal.database.reading() as session:
        offer = session.scalar(select(Offer.id))
    scene.person(answers.agree, offer)
    return party


def _delivery(scene):
    party = _agreed(scene)
    if scene.state() == State.REMEDY_AGREED:
        scene.run("officer", Action.START_DELIVERY, party)
    return party


def _claimed(scene):
    party = _delivery(scene)
    scene.run("officer", Action.CLAIM_DONE, party)
    return party


def _overdue(scene):
    party = _claimed(scene)
    long_ago = datetime.now(UTC).date() - timedelta(days=40)
    scene.run("caseworker", "remind", party)
    with scene.portal.database.transaction() as session:
        session.execute(update(Event).values(on=long_ago))
    scene.run("caseworker", "remind", party)
    return party


def _confirmed(scene):
    _claimed(scene)
    with scene.portal.database.reading() as session:
        ctx = scene.filed.context(session, scene.portal)
        (party,) = steps.parties_of(ctx, scene.filed.case_id)
        due = [each.id for each in outstanding(ctx, party)]
    for commitment in due:
        scene.person(deliveries.confirm, commitment)


PLACES = {
    "submitted": (lambda _scene: None, {"caseworker": {"start_screening", "assess", "safety_flag"}}),
    "screening": (_screening, {"caseworker": {"assess", "ask_info", "refuse", "safety_flag"}}),
    "assessed": (_assessed, {"caseworker": {"assess", "ask_info", "accept", "refuse", "safety_flag"}}),
    "refusal pending": (
        _refusal_pending,
        {
            "caseworker": {"ask_info", "decline_decision", "safety_flag"},
            "second_caseworker": {"ask_info", "confirm_decision", "decline_decision", "safety_flag"},
        },
    ),
    "not_accepted": (_refused, {"caseworker": set()}),
    "accepted": (_accepted, {"caseworker": {"assess", "ask_info", "route", "safety_flag"}}),
    "info_requested": (_asked, {"caseworker": {"assess", "safety_flag"}}),
    "routed": (
        _routed,
        {
            "caseworker": {"assess", "safety_flag"},
            "safeguarding_lead": {"assess", "safety_flag", "pause"},
            "officer": {"actor_ack"},
        },
    ),
    "safeguarding": (_held, {"safeguarding_lead": {"assess", "pause", "safety_cleared"}, "officer": set()}),
    "paused_by_person": (_paused, {"caseworker": {"assess"}, "officer": set()}),
    "actor_review": (
        _review,
        {"caseworker": {"assess", "ask_info", "safety_flag"}, "officer": {"actor_answer"}},
    ),
    "remedy_proposed": (_proposed, {"officer": set()}),
    "dialogue": (_dialogue, {"officer": {"dialogue_offer"}}),
    "remedy_agreed": (_agreed, {}),
    "remedy_delivery": (_delivery, {"officer": {"claim_done"}}),
    "remedy_claimed": (_claimed, {"caseworker": {"assess", "remind", "safety_flag"}, "officer": set()}),
    "overdue": (_overdue, {"caseworker": {"assess", "no_reply", "safety_flag"}}),
    "closed_remedied": (_confirmed, {"caseworker": set(), "officer": set()}),
}


@pytest.mark.parametrize("place", PLACES)
def test_what_is_offered_succeeds_and_is_what_the_life_cycle_allows(scene, place):
    bring, expected = PLACES[place]
    bring(scene)
    for name, acts in expected.items():
        shown = {act for act, _party in desk.offered(scene.browser(name), scene.reference)}
        assert shown == {str(act) for act in acts}, name
    for name in STAFF:
        browser = scene.browser(name)
        if browser.get(desk.address(scene.reference)).status_code == 404:
            assert name in OUTSIDE or not cases.states(scene.portal, scene.filed)[1]
            continue
        for act, party in desk.offered(browser, scene.reference):
            with put_back(scene.portal):
                response = desk.do(browser, scene.reference, act, party)
                assert response.status_code == 303, f"{name} {act}: {response.status_code}"


@contextmanager
def put_back(portal):
    """Whatever happens to the database meanwhile did not happen afterwards."""
    file = Path(portal.settings.database_url.removeprefix("sqlite:///"))
    kept = file.with_suffix(".kept")
    portal.database.close()  # the last connection writes everything into the one file
    shutil.copy(file, kept)
    yield
    portal.database.close()
    for path in file.parent.glob(f"{file.name}-*"):
        path.unlink()
    shutil.copy(kept, file)
