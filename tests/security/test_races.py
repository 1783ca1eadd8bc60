"""Two workers at the same moment: whatever is done twice happens once, and no chain of the audit forks."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from app.domain.errors import RecourseError
from app.domain.ids import Action
from app.models import AuditEntry, Case, Compartment, Consent, Event, Grant, Member, Part, Party
from app.services import answers, audit, consents, filing, messages, opening, sharing, situation
from app.services.context import PUBLIC, SYSTEM, Context
from app.services.sharing import RiskCheck
from tests.cases import accept, file_case, offer, route
from tests.conftest import NOW
from tests.integration.test_filing import begin

WORKERS = 4


def at_once(portal, *acts):
    """Run each act in a transaction and a thread of its own; gives what each returned or its refusal."""
    ready = Barrier(len(acts))

    def run(act):
        ready.wait()
        try:
            with portal.database.transaction() as session:
                return act(session)
        except RecourseError as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def count(portal, model, *where):
    with portal.database.reading() as session:
        return session.scalar(select(func.count()).select_from(model).where(*where))


def assert_audit_holds(portal):
    with portal.database.reading() as session:
        assert audit.find_broken(Context(session, portal, SYSTEM, NOW)) is None


def test_a_report_sent_by_two_workers_makes_one_case(portal, people):
    token = begin(portal)
    send = lambda session: filing.submit(Context(session, portal, PUBLIC, NOW), token, "en")  # noqa: E731
    made = at_once(portal, *[send] * WORKERS)
    assert len({(filed.case_id, filed.code, filed.receipt) for filed in made}) == 1
    assert count(portal, Case) == 1
    assert_audit_holds(portal)


def test_a_case_is_routed_once(portal, people):
    filed = file_case(portal, [people.officer])
    accept(portal, people, filed)
    lumen = people.officer.actor.organisation_id
    with portal.database.reading() as session:
        reference = session.get(Case, filed.case_id).reference

    def send(session):
        ctx = people.caseworker.context(session, portal, NOW)
        found = opening.find_case(ctx, reference, lock=True)
        situation.require_offered(ctx, found, Action.ROUTE, None)
        sharing.route(ctx, opening.open_found(ctx, found), [lumen], RiskCheck("low", "nobody"))
        return True

    done = at_once(portal, *[send] * WORKERS)
    assert done.count(True) == 1
    assert count(portal, Party) == 1
    assert count(portal, Event, Event.action == Action.ROUTE) == 1
    assert_audit_holds(portal)


def test_a_consent_given_by_two_workers_lives_once(portal, people):
    filed = file_case(portal)
    lumen = people.officer.actor.organisation_id

    def give(session):
        return consents.give(filed.context(session, portal), filed.case_id, lumen, ["statement"], "en")

    at_once(portal, *[give] * WORKERS)
    assert count(portal, Consent, Consent.withdrawn_on.is_(None)) == 1
    assert_audit_holds(portal)


def test_giving_and_taking_back_at_once_leaves_no_grant_without_a_living_consent(portal, people):
    filed = file_case(portal, [people.officer])
    route(portal, people, filed, people.officer)
    lumen = people.officer.actor.organisation_id
    with portal.database.reading() as session:
        (given,) = session.scalars(select(Consent.id))

    def again(session):
        return consents.give(filed.context(session, portal), filed.case_id, lumen, ["statement"], "en")

    at_once(
        portal,
        again,
        lambda session: consents.withdraw(filed.context(session, portal), filed.case_id, given),
        again,
    )
    living = select(Consent.id).where(Consent.withdrawn_on.is_(None))
    with portal.database.reading() as session:
        resting = session.scalars(select(Grant.consent_id).where(Grant.consent_id.is_not(None))).all()
        assert set(resting) <= set(session.scalars(living))


def test_an_offer_is_accepted_once(portal, people):
    filed = file_case(portal, [people.officer])
    (party_id,) = route(portal, people, filed, people.officer)
    offer_id = offer(portal, people.officer, filed, party_id)
    agree = lambda session: answers.agree(filed.context(session, portal), filed.case_id, offer_id)  # noqa: E731
    done = at_once(portal, *[agree] * WORKERS)
    assert done.count(None) == 1
    assert count(portal, Event, Event.action == Action.AGREE) == 1


def test_messages_and_openings_at_once_keep_order_and_chain(portal, people):
    filed = file_case(portal, [people.officer])
    (party_id,) = route(portal, people, filed, people.officer)
    with portal.database.transaction() as session:
        session.get(Member, people.officer.actor.member_id).undertaking_on = NOW.date()
        reference = session.get(Case, filed.case_id).reference

    def write(session):
        return messages.write(filed.context(session, portal), filed.case_id, party_id, "Hello")

    def look(session):
        ctx = people.officer.context(session, portal, NOW)
        return len(opening.record_opening(ctx, reference).compartments)

    done = at_once(portal, *[write, look] * 3)
    assert not [each for each in done if isinstance(each, Exception)]
    with portal.database.reading() as session:
        numbers = session.scalars(select(Part.number).order_by(Part.number)).all()
        assert len(numbers) == len(set(numbers))
        chain = audit.case_chain(filed.case_id)
        rows = session.scalars(select(AuditEntry.number).where(AuditEntry.chain == chain)).all()
        assert sorted(rows) == list(range(1, len(rows) + 1))
    assert_audit_holds(portal)


def test_taking_back_while_a_company_opens_is_no_fault_of_either(portal, people):
    """The grant that is being re-wrapped is deleted under the company's hands."""
    filed = file_case(portal, [people.officer])
    route(portal, people, filed, people.officer)
    with portal.database.transaction() as session:
        session.get(Member, people.officer.actor.member_id).undertaking_on = NOW.date()
        reference = session.get(Case, filed.case_id).reference
        (given,) = session.scalars(select(Consent.id))

    def look(session):
        return opening.record_opening(people.officer.context(session, portal, NOW), reference)

    def take_back(session):
        return consents.withdraw(filed.context(session, portal), filed.case_id, given)

    done = at_once(portal, look, take_back, look)
    assert not [each for each in done if isinstance(each, Exception)]
    statement = select(Compartment.id).where(Compartment.kind == "statement").scalar_subquery()
    lumen = people.officer.actor.organisation_id
    assert count(portal, Grant, Grant.compartment_id == statement, Grant.reader_id == lumen) == 0
