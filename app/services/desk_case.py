"""A case as its page at the desk shows it, read in a fixed number of statements."""

from dataclasses import dataclass
from datetime import date

from app.domain import desk
from app.domain.desk import Offered
from app.domain.ids import Involvement
from app.domain.permissions import Permission, permissions_of
from app.domain.points import Point, points_to_answer
from app.models import NO_DAY, Case, Event, Party
from app.services import case_content, evidence, messages, offers, situation, writings
from app.services.case_content import Content
from app.services.context import Context
from app.services.evidence import EvidenceFile
from app.services.messages import Thread
from app.services.offers import OfferView
from app.services.opening import Found
from app.services.situation import Involved
from app.services.writings import Writing


@dataclass(frozen=True)
class DeskParty:
    """One organisation's thread."""

    id: str
    organisation_id: str
    name: str
    role: str
    lead: bool
    own: bool
    state: str
    due_id: str | None
    due_on: date | None
    involvement: Involvement
    involvement_stated: str | None
    contact: str | None
    offers: tuple[OfferView, ...]


@dataclass(frozen=True)
class Agreed:
    """What the person agreed to share with an organisation that is no party yet or is one."""

    organisation_id: str
    organisation: str
    covers: tuple[str, ...]
    can_be_sent_to: bool


@dataclass(frozen=True)
class Step:
    """One line of the history."""

    number: int
    on: date
    action: str
    by: str
    organisation: str | None
    member: str | None
    party_id: str | None
    facts: dict[str, object]


@dataclass(frozen=True)
class Note:
    """An internal note, which the person harmed cannot read."""

    id: str
    on: date
    member: str | None
    text: str


@dataclass(frozen=True)
class Waiting:
    """A decision that waits for a second person."""

    action: str
    own: bool
    proposed_on: date
    reason: str
    facts: dict[str, object]


@dataclass(frozen=True)
class Levels:
    """The severity as it stands."""

    band: str
    scale: int
    scope: int
    irremediability: int
    delay_makes_irremediable: bool
    assessed: bool


@dataclass(frozen=True)
class DeskCase:
    """Everything that this member may know of the case; what was not granted is None or missing."""

    id: str
    reference: str
    state: str
    closed: bool
    of_host: bool
    language: str
    submitted_on: date
    due_id: str | None
    due_on: date | None
    overdue: bool
    flags: tuple[str, ...]
    levels: Levels
    harms: tuple[str, ...]  # the main one first
    system: str | None
    content: Content
    parties: tuple[DeskParty, ...]
    agreed: tuple[Agreed, ...]
    threads: tuple[Thread, ...]
    evidence: tuple[EvidenceFile, ...]
    notes: tuple[Note, ...]
    history: tuple[Step, ...]  # newest first
    waiting: Waiting | None
    actions: tuple[Offered, ...]
    may_write: bool
    may_note: bool

    def party(self, party_id: str | None) -> DeskParty | None:
        """The party with this id, if this member sees it."""
        return next((each for each in self.parties if each.id == party_id), None)

    @property
    def own_party(self) -> DeskParty | None:
        """The party of the member's own organisation, if it is one."""
        return next((each for each in self.parties if each.own), None)

    @property
    def points(self) -> tuple[Point, ...]:
        """What an answer has to speak to, as far as this member may read it."""
        said = self.content.statement
        return points_to_answer(self.harms, said.wanted if said else (), bool(said and said.wish))


def read(ctx: Context, found: Found) -> DeskCase:
    """The case of an opening that was recorded."""
    case, opened = found.case, found.compartments
    involved, events = situation.read_involved(ctx, found), situation.read_events(ctx, found)
    written, plans = writings.load(ctx, case.id, opened), offers.read_offers(ctx, case.id, opened)
    outstanding = frozenset(offer.party_id for offer in plans if offer.unconfirmed)
    now = situation.situation(ctx, found, involved, [event for event, _, _ in events], outstanding)
    notes = tuple(_note(each) for each in written if each.within.kind == "notes")
    side = case if found.of_host or found.party is None else found.party
    allowed = permissions_of(ctx.actor.roles)
    return DeskCase(
        id=case.id,
        reference=case.reference,
        state=_shown_state(ctx, found),
        closed=side.closed,
        of_host=found.of_host,
        language=case.language,
        submitted_on=case.submitted_on,
        due_id=side.due_id,
        due_on=None if side.due_on == NO_DAY else side.due_on,
        overdue=side.due_on < ctx.today,
        flags=tuple(case.flags),
        levels=_levels(case, now.assessed),
        harms=tuple(harm.harm_id for harm in found.harms),
        system=found.system,
        content=case_content.read_content(written),
        parties=tuple(_party(ctx, each, each.party, plans) for each in involved if each.party),
        agreed=tuple(
            Agreed(
                each.organisation.id,
                each.organisation.name,
                tuple(each.consent.covers),
                each.can_be_sent_to,
            )
            for each in involved
            if each.consent
        ),
        threads=messages.read_threads(opened, written),
        evidence=evidence.list_evidence(ctx, case.id, opened),
        notes=notes,
        history=tuple(_step(*row) for row in reversed(events)),
        waiting=_waiting(ctx, found, notes),
        actions=desk.offered(ctx.portal.reference.lifecycle, now, ctx.today),
        may_write=Permission.MESSAGE_WRITE in allowed,
        may_note=Permission.NOTE_WRITE in allowed,
    )


def _shown_state(ctx: Context, found: Found) -> str:
    """A respondent sees where its own thread stands, unless the whole case is interrupted."""
    if found.of_host or found.party is None:
        return found.case.state
    interrupted = ctx.portal.reference.lifecycle.rule(found.case.state).interrupts
    return found.case.state if interrupted else found.party.state


def _levels(case: Case, assessed: bool) -> Levels:
    return Levels(
        case.band,
        case.scale,
        case.scope,
        case.irremediability,
        case.delay_makes_irremediable,
        assessed,
    )


def _party(ctx: Context, involved: Involved, party: Party, plans: tuple[OfferView, ...]) -> DeskParty:
    return DeskParty(
        id=party.id,
        organisation_id=party.organisation_id,
        name=involved.organisation.name,
        role=party.role,
        lead=party.lead,
        own=party.organisation_id == ctx.actor.organisation_id,
        state=party.state,
        due_id=party.due_id,
        due_on=None if party.due_on == NO_DAY else party.due_on,
        involvement=Involvement(party.involvement),
        involvement_stated=party.involvement_stated,
        contact=involved.contact,
        offers=tuple(offer for offer in plans if offer.party_id == party.id),
    )


def _note(written: Writing) -> Note:
    return Note(written.part.id, written.part.written_on, written.member, written.text)


def _step(event: Event, organisation: str | None, member: str | None) -> Step:
    return Step(
        event.number, event.on, event.action, event.by, organisation, member, event.party_id, event.facts
    )


def _waiting(ctx: Context, found: Found, notes: tuple[Note, ...]) -> Waiting | None:
    pending = found.pending
    if pending is None:
        return None
    reason = next((each.text for each in notes if each.id == pending.facts.get("note")), "")
    own = pending.member_id == ctx.actor.member_id
    return Waiting(pending.action, own, pending.proposed_on, reason, pending.facts)
