"""Cases for tests, brought to the place in their life where a test begins."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from app.domain.ids import Action, Involvement
from app.domain.intake import ForWhom, Identity, Report, Share
from app.domain.remedies import PlanItem
from app.models import Case, CaseHarm, Consent, Organisation, Party, Reporter
from app.models.types import NO_DAY, new_id
from app.portal import Portal
from app.services import filing, messages, offers, reporters, sessions, steps, vault
from app.services.context import PUBLIC, Actor, ActorKind, Context, Vault
from app.services.vault import Reader
from tests.conftest import NOW
from tests.people import People, Person

STATEMENT = {
    "happened": "The assistant told strangers where I live.",
    "system": "Lumen Chat",
    "for_whom": ForWhom.ME,
    "since": "this spring",
    "wanted": ("data_deletion", "apology"),
    "wish": "I want it to stop.",
}
IDENTITY = {"name": "Noor Haddad", "contact": "noor@example.org", "safe_way": "mornings only"}
# As a caseworker rates it; the harm itself would hold the case for safety first.
HARM, RATED = "priv_personal_data_leak", {"band": "medium", "scale": 2, "irremediability": 2, "queue_key": 1}


@dataclass(frozen=True)
class Filed:
    """A case as its reporter holds it."""

    case_id: str
    code: str
    actor: Actor
    vault: Vault

    def context(self, session, portal: Portal, now=NOW) -> Context:
        """A Context in which the reporter acts."""
        return Context(session, portal, self.actor, now, self.vault)


def file_case(portal: Portal, shared_with=(), covers=("statement",), now=NOW) -> Filed:
    """A report in the state `submitted`, with a consent for each person's organisation in `shared_with`."""
    shares = tuple(Share(person.actor.organisation_id, tuple(covers)) for person in shared_with)
    report = Report("en", **STATEMENT, identity=Identity(**IDENTITY), shares=shares)
    with portal.database.transaction() as session:
        ctx = Context(session, portal, PUBLIC, now)
        made = filing.file_report(ctx, report)
        session.flush()
        case = session.get(Case, made.case_id)
        for name, value in RATED.items():
            setattr(case, name, value)
        right = portal.reference.harms[HARM].right
        session.add(CaseHarm(case_id=case.id, harm_id=HARM, right_id=right, main=True))
        token = reporters.enter(ctx, made.code)
        held = sessions.find_session(ctx, "reporter", token)
    actor = Actor(
        ActorKind.REPORTER,
        frozenset({"affected_person"}),
        reporter_id=held["reporter_id"],
        case_id=made.case_id,
    )
    return Filed(made.case_id, made.code, actor, Vault(actor.reporter_id, bytes.fromhex(held["private_key"])))


def accept(portal: Portal, people: People, filed: Filed) -> None:
    """Let the caseworker read and accept the case."""
    with portal.database.transaction() as session:
        ctx = people.caseworker.context(session, portal, NOW)
        case = steps.get_case(ctx, filed.case_id)
        for action in (Action.START_SCREENING, Action.ACCEPT):
            steps.take_case_step(ctx, case, action)


def route(portal: Portal, people: People, filed: Filed, *officers: Person) -> list[str]:
    """Accept the case and send it to the officers' organisations; gives the parties' ids in their order."""
    accept(portal, people, filed)
    with portal.database.transaction() as session:
        ctx = people.caseworker.context(session, portal, NOW)
        case = steps.get_case(ctx, filed.case_id)
        steps.take_case_step(ctx, case, Action.ROUTE)
        ids = [
            _party(ctx, case, person, lead=number == 0, reporter_id=filed.actor.reporter_id)
            for number, person in enumerate(officers)
        ]
        steps.reckon(ctx, case)
        return ids


def act(portal: Portal, person: Person, filed: Filed, party_id: str | None, *actions: Action) -> None:
    """Let a member take steps of the case or, with a party's id, of its thread."""
    with portal.database.transaction() as session:
        ctx = person.context(session, portal, NOW)
        case = steps.get_case(ctx, filed.case_id)
        for action in actions:
            if party_id is None:
                steps.take_case_step(ctx, case, action)
            else:
                steps.take_party_step(ctx, case, session.get(Party, party_id), action)


def offer(portal: Portal, officer: Person, filed: Filed, party_id: str, waiver=False) -> str:
    """Let the officer acknowledge and answer with an offer of two promises; gives the offer's id."""
    act(portal, officer, filed, party_id, Action.ACTOR_ACK)
    return next_offer(portal, officer, filed, party_id, Action.ACTOR_ANSWER, waiver)


def next_offer(portal, officer, filed, party_id, action=Action.DIALOGUE_OFFER, waiver=False) -> str:
    """Let the officer make an offer with the step that it belongs to."""
    due = date(2026, 12, 24)
    items = [
        PlanItem("data_deletion", "Delete the address everywhere", "Dana", due, "A log of the deletion"),
        PlanItem("apology", "A letter that says sorry", "Dana", due, "The letter"),
    ]
    with portal.database.transaction() as session:
        ctx = officer.context(session, portal, NOW)
        case, party = steps.get_case(ctx, filed.case_id), session.get(Party, party_id)
        (thread,) = [each for each in vault.open_case(ctx, case.id).values() if each.kind == "thread"]
        new = offers.NewOffer(items, "We are sorry and will repair it.", waiver)
        made = offers.make_offer(ctx, case, party, thread, new)
        steps.take_party_step(ctx, case, party, action, offer=made.id)
        return made.id


def claim_all(portal: Portal, officer: Person, filed: Filed, party_id: str) -> list[str]:
    """Let the officer claim every promise that is not confirmed; gives their ids in order."""
    with portal.database.transaction() as session:
        ctx = officer.context(session, portal, NOW)
        case, party = steps.get_case(ctx, filed.case_id), session.get(Party, party_id)
        (thread,) = [each for each in vault.open_case(ctx, case.id).values() if each.kind == "thread"]
        if party.state == "remedy_agreed":
            steps.take_party_step(ctx, case, party, Action.START_DELIVERY)
        claimed = offers.outstanding(ctx, party)
        for commitment in claimed:
            offers.claim(ctx, thread, commitment, "It is done, see the log.")
        steps.take_party_step(ctx, case, party, Action.CLAIM_DONE)
        return [commitment.id for commitment in claimed]


def say(portal: Portal, person: Person, filed: Filed, party_id: str | None, text: str, times=1) -> None:
    """Let a member write into a thread."""
    with portal.database.transaction() as session:
        ctx = person.context(session, portal, NOW)
        for _ in range(times):
            messages.write(ctx, filed.case_id, party_id, text)


def states(portal: Portal, filed: Filed) -> tuple[str, list[str]]:
    """The case's state and those of its parties."""
    with portal.database.reading() as session:
        query = (
            select(Party.state).where(Party.case_id == filed.case_id).order_by(Party.lead.desc(), Party.id)
        )
        return session.get(Case, filed.case_id).state, list(session.scalars(query))


def later(days: int):
    """The moment some days after the tests' own."""
    return NOW + timedelta(days=days)


def _party(ctx: Context, case: Case, person: Person, lead: bool, reporter_id: str) -> str:
    company = ctx.session.get(Organisation, person.actor.organisation_id)
    party = Party(id=new_id(), case_id=case.id, organisation_id=company.id, lead=lead, state="routed")
    party.role, party.reason = "system_deployer", "runs_named_system"
    party.closed, party.state_since, party.due_on, party.queue_key = False, ctx.today, NO_DAY, case.queue_key
    party.involvement, party.involvement_stated = Involvement.UNDETERMINED, None
    ctx.session.add(party)
    ctx.session.flush()
    host = ctx.session.get(Organisation, case.host_id)
    reporter = ctx.session.get(Reporter, reporter_id)
    reader = Reader("organisation", company.id, company.public_key)
    others = [
        Reader("organisation", host.id, host.public_key),
        Reader("reporter", reporter.id, reporter.public_key),
    ]
    vault.new_compartment(ctx, case.id, "thread", [reader, *others], party.id)
    vault.new_compartment(ctx, case.id, "notes", [reader], party.id)
    living = select(Consent).where(Consent.case_id == case.id, Consent.organisation_id == company.id)
    for consent in ctx.session.scalars(living):
        shared = Reader("organisation", company.id, company.public_key, consent.purpose, consent.id)
        for each in vault.open_case(ctx, case.id).values():
            if each.kind in consent.covers:
                vault.grant(ctx, each, shared)
    return party.id
