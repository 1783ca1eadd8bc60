"""The reporter's case page as one frozen value, in a dozen statements whatever the size of the case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.domain.answers import may_write
from app.domain.errors import NotFound
from app.domain.ids import Scope
from app.models import Case, CaseHarm, NoticeAddress, Organisation, System
from app.services import (
    case_content,
    case_parties,
    case_timeline,
    consents,
    evidence,
    messages,
    offers,
    vault,
    writings,
)
from app.services.case_content import Content
from app.services.case_parties import Between, PartyView
from app.services.case_timeline import Due, EventView, Opening
from app.services.consents import ConsentView
from app.services.context import Context
from app.services.evidence import EvidenceFile
from app.services.messages import Thread


@dataclass(frozen=True)
class CaseView:
    """Everything that the person harmed may know of their case."""

    id: str
    reference: str
    state: str
    closed: bool
    submitted_on: date
    host: str
    system_id: str | None
    system: str | None
    harms: tuple[str, ...]  # the main one first
    content: Content
    evidence: tuple[EvidenceFile, ...]
    parties: tuple[PartyView, ...]
    events: tuple[EventView, ...]  # oldest first
    dues: tuple[Due, ...]
    openings: tuple[Opening, ...]
    thread: Thread  # with the host
    consents: tuple[ConsentView, ...]
    actions: frozenset[str]
    may_write_to_companies: bool
    wants_notices: bool

    def party(self, party_id: str) -> PartyView:
        """One of the parties; raises NotFound."""
        for party in self.parties:
            if party.id == party_id:
                return party
        raise NotFound("party")


def view(ctx: Context, last_messages: int | None = None) -> CaseView:
    """The case that this reporter's code opens, with the last messages of each thread; raises NotFound."""
    case, host, system, notice = _get(ctx, ctx.actor.case_id or "")
    opened = vault.open_case(ctx, case.id)
    written = writings.load(ctx, case.id, opened)
    threads = {each.party_id: each for each in messages.read_threads(opened, written, last_messages)}
    events = case_timeline.read_events(ctx, case.id)
    consented = consents.list_consents(ctx, case.id)
    between = Between(events, threads, consented, offers.read_offers(ctx, case.id, opened))
    parties = case_parties.read_parties(ctx, case, between)
    return CaseView(
        id=case.id,
        reference=case.reference,
        state=case.state,
        closed=case.closed,
        submitted_on=case.submitted_on,
        host=host,
        system_id=case.system_id,
        system=system,
        harms=_harms(ctx, case.id),
        content=case_content.read_content(written),
        evidence=evidence.list_evidence(ctx, case.id, opened),
        parties=parties,
        events=events,
        dues=_dues(parties) or case_timeline.dues(ctx, case, case.state, events),
        openings=case_timeline.read_openings(ctx, case.id),
        thread=threads.get(None) or Thread(None),
        consents=consented,
        actions=case_parties.person_may(ctx, case.state, Scope.CASE),
        may_write_to_companies=may_write(case.state, to_company=True, by_person=True),
        wants_notices=notice is not None,
    )


def _dues(parties: Iterable[PartyView]) -> tuple[Due, ...]:
    """What is due in any open thread, each once, soonest first."""
    running = {due for party in parties if not party.closed for due in party.dues}
    return tuple(sorted(running, key=lambda due: (due.on, due.id, due.company)))


def _get(ctx: Context, case_id: str) -> tuple[Case, str, str | None, str | None]:
    query = (
        select(Case, Organisation.name, System.name, NoticeAddress.id)
        .join(Organisation, Organisation.id == Case.host_id)
        .outerjoin(System, System.id == Case.system_id)
        .outerjoin(NoticeAddress, NoticeAddress.case_id == Case.id)
        .where(Case.id == case_id)
    )
    found = ctx.session.execute(query).first()
    if found is None:
        raise NotFound("case")
    return found[0], found[1], found[2], found[3]


def _harms(ctx: Context, case_id: str) -> tuple[str, ...]:
    query = select(CaseHarm.harm_id).where(CaseHarm.case_id == case_id)
    return tuple(ctx.session.scalars(query.order_by(CaseHarm.main.desc(), CaseHarm.harm_id)))
