"""Proposals to whom a report could go, with the names that the person reads; never a finding."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.domain import routing
from app.domain.ids import Involvement
from app.domain.routing import ReasonId
from app.services import systems
from app.services.context import Context


@dataclass(frozen=True)
class Reason:
    """A reason's id, and the system's name and the role's id that it speaks of, where it speaks of any."""

    id: ReasonId
    system: str = ""
    role: str = ""


@dataclass(frozen=True)
class ProposedParty:
    """An organisation that could take part, and why."""

    organisation_id: str
    name: str
    system_id: str
    system: str
    role: str
    involvement: Involvement
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Missing:
    """Somebody behind the system who fits the harm but does not take part here."""

    name: str
    system: str
    role: str


@dataclass(frozen=True)
class Proposal:
    """Who leads (None: the host alone), who else, why it came to the host, and who is missing."""

    lead: ProposedParty | None
    others: tuple[ProposedParty, ...]
    reasons: tuple[Reason, ...]
    missing: tuple[Missing, ...]

    @property
    def parties(self) -> tuple[ProposedParty, ...]:
        """The lead and the others; empty when the report goes to the host alone."""
        return () if self.lead is None else (self.lead, *self.others)


def propose(
    ctx: Context, system_id: str | None, harm_ids: Sequence[str], excluded: Collection[str] = ()
) -> Proposal:
    """The proposal for a report about this system and these harms, the main one first.

    `excluded` holds the ids of organisations that the person leaves out. Ids of harms must be known.
    """
    chain = systems.supply_of(ctx, system_id) if system_id else systems.Chain({}, ())
    orders = [ctx.portal.reference.harms[harm_id].roles for harm_id in harm_ids]
    found = routing.propose(chain.rules(), system_id, orders, excluded)
    return Proposal(
        _party(chain, found.lead) if found.lead else None,
        tuple(_party(chain, each) for each in found.others),
        tuple(_reason(chain, each) for each in found.reasons),
        tuple(_missing(chain, each) for each in found.unreachable),
    )


def _party(chain: systems.Chain, party: routing.ProposedParty) -> ProposedParty:
    node = chain.systems[party.system_id]
    return ProposedParty(
        party.organisation_id,
        node.operator,
        node.id,
        node.name,
        party.role,
        party.involvement,
        tuple(_reason(chain, each) for each in party.reasons),
    )


def _reason(chain: systems.Chain, reason: routing.Reason) -> Reason:
    node = chain.systems.get(reason.system_id or "")
    return Reason(reason.id, node.name if node else "", reason.role or "")


def _missing(chain: systems.Chain, missing: routing.Unreachable) -> Missing:
    node = chain.systems[missing.system_id]
    return Missing(node.operator, node.name, missing.role)
