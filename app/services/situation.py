"""The circumstances of a case that decide what the desk offers: read once, judged in `app.domain.desk`."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from app.domain import deadlines, desk
from app.domain.desk import Act, Offered, Situation, ThreadSituation
from app.domain.errors import IllegalTransition
from app.domain.ids import Action, State
from app.domain.offers import CommitmentState, OfferState
from app.models import Case, Commitment, Consent, Event, Member, Offer, Organisation, Party
from app.services.context import Context
from app.services.opening import Found

ASSESSED = "severity_set"


@dataclass(frozen=True)
class Involved:
    """An organisation that is a party or that the person agreed to, with both rows where there are any."""

    organisation: Organisation
    party: Party | None
    consent: Consent | None
    contact: str | None

    @property
    def can_be_sent_to(self) -> bool:
        """Whether the report may go to it: living consent, a public key, taking part, not yet a party."""
        home = self.organisation
        return bool(self.consent and home.takes_part and home.public_key and not self.party)


def read_involved(ctx: Context, found: Found) -> tuple[Involved, ...]:
    """Parties and those with a living consent, the lead first; a respondent sees no other organisation."""
    case, organisation_id = found.case, ctx.actor.organisation_id
    living = Consent.withdrawn_on.is_(None) & or_(Consent.ends_on.is_(None), Consent.ends_on >= ctx.today)
    query = (
        select(Organisation, Party, Consent, Member.name)
        .outerjoin(Party, (Party.organisation_id == Organisation.id) & (Party.case_id == case.id))
        .outerjoin(
            Consent, (Consent.organisation_id == Organisation.id) & (Consent.case_id == case.id) & living
        )
        .outerjoin(Member, Member.id == Party.contact_id)
        .where(or_(Party.id.is_not(None), Consent.id.is_not(None)))
        .order_by(Party.lead.desc(), Organisation.name, Organisation.id)
    )
    if not found.of_host:
        query = query.where(Organisation.id == organisation_id)
    # A second living consent of the same organisation would be a fault; the first row stands.
    rows = {row[0].id: Involved(row[0], row[1], row[2], row[3]) for row in ctx.session.execute(query)}
    return tuple(sorted(rows.values(), key=lambda each: not (each.party and each.party.lead)))


def read_events(ctx: Context, found: Found) -> tuple[tuple[Event, str | None, str | None], ...]:
    """Events with the organisation's and the member's name; a respondent sees its own thread and steps."""
    query = (
        select(Event, Organisation.name, Member.name)
        .outerjoin(Organisation, Organisation.id == Event.organisation_id)
        .outerjoin(Member, Member.id == Event.member_id)
        .where(Event.case_id == found.case.id)
        .order_by(Event.number)
    )
    if not found.of_host and found.party is not None:
        steps_of_case = Event.party_id.is_(None) & Event.action.in_([str(action) for action in Action])
        query = query.where(or_(steps_of_case, Event.party_id == found.party.id))
    return tuple((row[0], row[1], row[2]) for row in ctx.session.execute(query))


def outstanding_parties(ctx: Context, case: Case) -> frozenset[str]:
    """The parties with a promise of an accepted offer that the person has not confirmed."""
    query = (
        select(Offer.party_id)
        .join(Commitment, Commitment.offer_id == Offer.id)
        .where(Offer.case_id == case.id, Offer.state == OfferState.ACCEPTED)
        .where(Commitment.state != CommitmentState.CONFIRMED)
    )
    return frozenset(ctx.session.scalars(query))


def situation(
    ctx: Context,
    found: Found,
    involved: Sequence[Involved],
    events: Sequence[Event],
    outstanding: frozenset[str],
) -> Situation:
    """What `app.domain.desk` judges, from what was read."""
    pending = found.pending
    return Situation(
        state=found.case.state,
        roles=ctx.actor.roles,
        member_id=ctx.actor.require_member()[1],
        of_host=found.of_host,
        assessed=any(event.action == ASSESSED for event in events),
        harm_tagged=bool(found.harms),
        can_be_routed=any(each.can_be_sent_to for each in involved),
        pending=desk.Pending(pending.action, pending.member_id) if pending else None,
        threads=tuple(
            _thread(ctx, found, each.party, events, outstanding) for each in involved if each.party
        ),
    )


def require_offered(ctx: Context, found: Found, act: str, party_id: str | None) -> None:
    """Raise IllegalTransition unless the desk offers this act to this member now."""
    involved, events = read_involved(ctx, found), [event for event, _, _ in read_events(ctx, found)]
    now = situation(ctx, found, involved, events, outstanding_parties(ctx, found.case))
    if Offered(act, party_id) not in desk.offered(ctx.portal.reference.lifecycle, now, ctx.today):
        raise IllegalTransition(state=found.case.state, action=act)


def _thread(
    ctx: Context, found: Found, party: Party, events: Sequence[Event], outstanding: frozenset[str]
) -> ThreadSituation:
    mine = [event for event in events if event.party_id in (None, party.id)]
    claims = [number for number, event in enumerate(mine) if event.action == Action.CLAIM_DONE]
    since = mine[claims[-1] :] if claims else []
    reminders = [event.on for event in since if event.action == Act.REMIND]
    return ThreadSituation(
        party_id=party.id,
        state=party.state,
        own=party.organisation_id == ctx.actor.organisation_id,
        reminders=len(reminders),
        reminded_on=reminders[-1] if reminders else None,
        time_is_over=_time_is_over(ctx, found.case, party, mine),
        nothing_outstanding=party.state == State.REMEDY_DELIVERY and party.id not in outstanding,
    )


def _time_is_over(ctx: Context, case: Case, party: Party, events: Sequence[Event]) -> bool:
    """Whether the days in which the person could confirm are over."""
    dated = [deadlines.Event(event.action, event.on) for event in events]
    running = deadlines.deadlines(ctx.portal.reference.lifecycle.table, party.state, dated, case.band)
    return any(each.id == "verify" and each.due_on < ctx.today for each in running)
