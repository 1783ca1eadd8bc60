"""Who is involved in a case and why, with what each does next and what the person may answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.domain.ids import Action, Role, Scope
from app.domain.offers import CommitmentState, OfferState
from app.models import Case, Member, Organisation, Party
from app.services import case_timeline
from app.services.case_timeline import Due, EventView
from app.services.consents import ConsentView
from app.services.context import Context
from app.services.messages import Thread
from app.services.offers import CommitmentView, OfferView


@dataclass(frozen=True)
class PartyView:
    """One organisation in the case, with everything that lies between it and the person."""

    id: str
    organisation_id: str
    name: str
    role: str
    lead: bool
    reason: str
    state: str
    closed: bool
    involvement: str  # an opinion of the host, not a judgment
    involvement_stated: str | None  # as the organisation itself sees it
    contact: str | None
    dues: tuple[Due, ...]
    thread: Thread
    consent: ConsentView | None
    offers: tuple[OfferView, ...]  # the newest last
    actions: frozenset[str]
    may_judge: bool  # whether claimed promises may be confirmed or disputed now

    @property
    def offer(self) -> OfferView | None:
        """The newest offer."""
        return self.offers[-1] if self.offers else None

    @property
    def claimed(self) -> tuple[CommitmentView, ...]:
        """The promises that wait for the person's word."""
        accepted = (offer for offer in self.offers if offer.state is OfferState.ACCEPTED)
        promises = (promise for offer in accepted for promise in offer.commitments)
        waiting = tuple(promise for promise in promises if promise.state is CommitmentState.CLAIMED)
        return waiting if self.may_judge else ()


@dataclass(frozen=True)
class Between:
    """What was read of a case before, to be told apart by party."""

    events: Sequence[EventView]
    threads: Mapping[str | None, Thread]
    consents: Sequence[ConsentView]
    offers: Sequence[OfferView]


def read_parties(ctx: Context, case: Case, found: Between) -> tuple[PartyView, ...]:
    """The parties of a case, the lead first."""
    query = (
        select(Party, Organisation.name, Member.name)
        .join(Organisation, Organisation.id == Party.organisation_id)
        .outerjoin(Member, Member.id == Party.contact_id)
        .where(Party.case_id == case.id)
        .order_by(Party.lead.desc(), Party.id)
    )
    return tuple(_party(ctx, case, found, *row) for row in ctx.session.execute(query))


def person_may(ctx: Context, state: str, scope: Scope) -> frozenset[str]:
    """The ids of what the person harmed may do in this state."""
    rows = ctx.portal.reference.lifecycle.actions_for(state, Role.AFFECTED_PERSON, scope)
    return frozenset(str(row.action) for row in rows)


def _party(ctx: Context, case: Case, found: Between, row: Party, name: str, contact: str | None) -> PartyView:
    offers = tuple(offer for offer in found.offers if offer.party_id == row.id)
    interrupted = ctx.portal.reference.lifecycle.rule(case.state).interrupts
    events = [event for event in found.events if event.party_id in (None, row.id)]
    living = (each for each in found.consents if each.living and each.organisation_id == row.organisation_id)
    return PartyView(
        id=row.id,
        organisation_id=row.organisation_id,
        name=name,
        role=row.role,
        lead=row.lead,
        reason=row.reason,
        state=row.state,
        closed=row.closed,
        involvement=row.involvement,
        involvement_stated=row.involvement_stated,
        contact=contact,
        dues=case_timeline.dues(ctx, case, case.state if interrupted else row.state, events, name),
        thread=found.threads.get(row.id) or Thread(row.id),
        consent=next(living, None),
        offers=offers,
        actions=frozenset() if interrupted else _actions(ctx, row, offers),
        may_judge=not (interrupted or row.closed),
    )


def _actions(ctx: Context, row: Party, offers: Sequence[OfferView]) -> frozenset[str]:
    allowed = person_may(ctx, row.state, Scope.PARTY)
    if any(offer.state is OfferState.OPEN for offer in offers):
        return allowed
    return allowed - {str(Action.AGREE)}
