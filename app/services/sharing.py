"""Sending a report to the organisations that the person agreed to, with exactly what the consent covers.

Rules:
1. Nobody becomes a party without a living consent, a public key, and taking part.
2. The conversation opens to the person, the host and the organisation; its notes to the organisation alone.
3. Of the report itself the organisation gets those compartments that the consent names and no other.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.domain.errors import InvalidInput
from app.domain.ids import Action, Involvement, State
from app.domain.routing import ReasonId
from app.models import NO_DAY, Case, Consent, Grant, Organisation, Party, Reporter
from app.models.types import new_id
from app.services import notices, parts, proposals, steps, vault
from app.services.context import Context
from app.services.messages import clean
from app.services.opening import Found, compartment
from app.services.proposals import ProposedParty
from app.services.situation import Involved, read_involved
from app.services.vault import Reader

# For an organisation that the person chose themselves, beyond what the value chain proposes.
OWN_CHOICE, OWN_CHOICE_ROLE = "chosen_by_person", "system_deployer"


@dataclass(frozen=True)
class RiskCheck:
    """How likely revenge is (`low`, `some`, `high`), and who could find out and what lowers the risk."""

    level: str
    note: str


def route(ctx: Context, found: Found, organisation_ids: Collection[str], risk: RiskCheck) -> None:
    """Make these organisations parties; raises InvalidInput (`nobody_chosen`, `not_agreed`, `empty_text`)."""
    agreed = [each for each in read_involved(ctx, found) if each.can_be_sent_to]
    chosen = [each for each in agreed if each.organisation.id in organisation_ids]
    if not chosen:
        raise InvalidInput("nobody_chosen")
    if len(chosen) != len(set(organisation_ids)):
        raise InvalidInput("not_agreed")  # rule 1
    case = steps.get_case(ctx, found.case.id)
    note = parts.add_part(ctx, compartment(found, "notes"), "risk", clean(risk.note))
    event = steps.take_case_step(ctx, case, Action.ROUTE, risk=risk.level, note=note.id)
    proposed = _proposed(ctx, found)
    lead = next((each for each in proposed if each in organisation_ids), chosen[0].organisation.id)
    everybody = _everybody(ctx, case)
    withheld = {
        each.organisation.id: _admit(ctx, found, each, proposed.get(each.organisation.id), lead, everybody)
        for each in chosen
    }
    event.facts = {**event.facts, "organisations": list(withheld), "withheld": withheld}
    steps.reckon(ctx, case)
    notices.tell(ctx, case.id, event.number)


def _proposed(ctx: Context, found: Found) -> dict[str, ProposedParty]:
    """What the value chain says of each organisation, the best to lead first."""
    harms = [harm.harm_id for harm in found.harms]
    proposal = proposals.propose(ctx, found.case.system_id, harms)
    return {party.organisation_id: party for party in proposal.parties}


def _everybody(ctx: Context, case: Case) -> tuple[Reader, ...]:
    """The person and the host, who read every conversation."""
    host = ctx.session.get_one(Organisation, case.host_id)
    people = ctx.session.scalars(select(Reporter).where(Reporter.case_id == case.id))
    readers = [Reader("reporter", row.id, row.public_key, "own_case") for row in people]
    return (*readers, Reader("organisation", host.id, host.public_key or b""))


def _admit(
    ctx: Context,
    found: Found,
    involved: Involved,
    proposed: ProposedParty | None,
    lead: str,
    everybody: Sequence[Reader],
) -> list[str]:
    """Add one party with its compartments and grants; the kinds that this session could not hand over."""
    case, home, consent = found.case, involved.organisation, involved.consent
    if consent is None or home.public_key is None:
        raise InvalidInput("not_agreed")  # rule 1
    party = Party(id=new_id(), case_id=case.id, organisation_id=home.id, lead=home.id == lead)
    party.role = proposed.role if proposed else OWN_CHOICE_ROLE
    party.reason = str(ReasonId(proposed.reasons[0].id)) if proposed else OWN_CHOICE
    party.involvement = proposed.involvement if proposed else Involvement.UNDETERMINED
    party.state, party.closed, party.state_since = State.ROUTED, False, ctx.today
    party.due_on, party.queue_key = NO_DAY, case.queue_key
    ctx.session.add(party)
    ctx.session.flush()
    own = Reader("organisation", home.id, home.public_key)
    vault.new_compartment(ctx, case.id, "thread", [own, *everybody], party.id)  # rule 2
    vault.new_compartment(ctx, case.id, "notes", [own], party.id)
    return _share(ctx, found, consent, home.public_key)


def _share(ctx: Context, found: Found, consent: Consent, public_key: bytes) -> list[str]:
    """Grant what the consent covers (rule 3), unless it was granted before."""
    reader = Reader("organisation", consent.organisation_id, public_key, consent.purpose, consent.id)
    held = select(Grant.compartment_id).where(Grant.case_id == found.case.id, Grant.reader_id == reader.id)
    already = set(ctx.session.scalars(held))
    for each in found.compartments.values():
        if each.kind in consent.covers and each.id not in already:
            vault.grant(ctx, each, reader)
    # Who the person is may be closed to the host: then only the person can hand it over, from the case page.
    opened = {each.kind for each in found.compartments.values()}
    return [kind for kind in consent.covers if kind == "identity" and kind not in opened]
