"""Who could put a harm right: a proposal with reasons, made from the value chain, never a finding.

1. Only organisations that take part, and that the person did not exclude, are proposed.
2. The company behind the system that the person named leads if the harm fits its role; otherwise the role
   that the harm's own order puts first; otherwise the nearest in the chain.
3. Whatever goes wrong, the report goes to the host's caseworkers, with the reason. It is never lost.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import Involvement
from app.domain.value_chain import Node, ValueChain


class ReasonId(StrEnum):
    """Why somebody is proposed, or why nobody is."""

    RUNS_NAMED_SYSTEM = "runs_named_system"
    SUPPLIES_NAMED_SYSTEM = "supplies_named_system"
    ROLE_FITS_HARM = "role_fits_harm"
    NEAREST_IN_CHAIN = "nearest_in_chain"
    SYSTEM_UNKNOWN = "system_unknown"
    NOBODY_TAKES_PART = "nobody_takes_part"
    LEFT_OUT_AT_YOUR_WISH = "left_out_at_your_wish"


@dataclass(frozen=True)
class Reason:
    """A reason's id, and the system and the role it speaks of, where it speaks of any."""

    id: ReasonId
    system_id: str | None = None
    role: str | None = None


@dataclass(frozen=True)
class ProposedParty:
    """An organisation that could take part in the case; `involvement` is a presumption to start from."""

    organisation_id: str
    system_id: str
    role: str
    involvement: Involvement
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Unreachable:
    """A part of the chain that fits the harm, but nobody behind it takes part: for the host to invite."""

    system_id: str
    role: str
    organisation_id: str | None


@dataclass(frozen=True)
class Proposal:
    """Who leads (None: the host alone), who else, why it came to the host, and who is missing."""

    lead: ProposedParty | None
    others: tuple[ProposedParty, ...] = ()
    reasons: tuple[Reason, ...] = ()
    unreachable: tuple[Unreachable, ...] = ()

    @property
    def to_host(self) -> bool:
        """Whether the report goes to the host's caseworkers alone."""
        return self.lead is None


@dataclass(frozen=True)
class _Candidate:
    """A system of the chain, how many steps from the one named, and how well its role fits (0 = best)."""

    node: Node
    steps: int
    fit: int | None

    @property
    def order(self) -> tuple[bool, bool, int, int, str]:
        """Ascending: the best to lead comes first; the id makes ties come out the same each time."""
        return self.fit is None, self.steps > 0, self.fit or 0, self.steps, self.node.id


def propose(
    chain: ValueChain,
    system_id: str | None,
    role_orders: Sequence[Sequence[str]],
    excluded: Collection[str] = (),
) -> Proposal:
    """The proposal for a report about the system; `role_orders` are those of the harms, the main one first.

    `excluded` holds ids of organisations. An unknown system, or nobody to take part, leads to the host.
    """
    if system_id is None or system_id not in chain.nodes:
        return Proposal(None, reasons=(Reason(ReasonId.SYSTEM_UNKNOWN),))
    found = [_Candidate(node, steps, _fit(node.role, role_orders)) for node, steps in chain.supply(system_id)]
    allowed = sorted(
        (each for each in found if each.node.organisation_id not in excluded), key=lambda c: c.order
    )
    parties = _parties(allowed)
    wished = _left_out(found, excluded)
    if not parties:
        nobody = Reason(ReasonId.NOBODY_TAKES_PART, system_id)
        return Proposal(None, reasons=(nobody, *wished), unreachable=_missing(allowed))
    return Proposal(parties[0], parties[1:], wished, _missing(allowed))


def _fit(role: str, role_orders: Sequence[Sequence[str]]) -> int | None:
    """How early the role stands in the harms' orders, None if it stands in none."""
    return min((list(order).index(role) for order in role_orders if role in order), default=None)


def _parties(candidates: Sequence[_Candidate]) -> tuple[ProposedParty, ...]:
    """Each organisation once, in order: those whose role fits; if there is none, the nearest alone."""
    best: dict[str, _Candidate] = {}
    for each in candidates:
        if each.node.participates and each.node.organisation_id:
            best.setdefault(each.node.organisation_id, each)
    fitting = [each for each in best.values() if each.fit is not None]
    return tuple(_party(each) for each in fitting or list(best.values())[:1])


def _party(candidate: _Candidate) -> ProposedParty:
    node = candidate.node
    where = ReasonId.SUPPLIES_NAMED_SYSTEM if candidate.steps else ReasonId.RUNS_NAMED_SYSTEM
    why = ReasonId.NEAREST_IN_CHAIN if candidate.fit is None else ReasonId.ROLE_FITS_HARM
    reasons = (Reason(where, node.id, node.role), Reason(why, node.id, node.role))
    return ProposedParty(node.organisation_id or "", node.id, node.role, _presumed(candidate), reasons)


def _presumed(candidate: _Candidate) -> Involvement:
    """A starting point for the talk, not a finding: near and fitting weighs more than far and fitting."""
    if candidate.fit is None:
        return Involvement.UNDETERMINED
    if candidate.steps:
        return Involvement.CONTRIBUTE if candidate.fit == 0 else Involvement.DIRECTLY_LINKED
    return Involvement.CAUSE if candidate.fit == 0 else Involvement.CONTRIBUTE


def _left_out(found: Sequence[_Candidate], excluded: Collection[str]) -> tuple[Reason, ...]:
    return tuple(
        Reason(ReasonId.LEFT_OUT_AT_YOUR_WISH, each.node.id, each.node.role)
        for each in found
        if each.node.organisation_id in excluded
    )


def _missing(candidates: Sequence[_Candidate]) -> tuple[Unreachable, ...]:
    return tuple(
        Unreachable(each.node.id, each.node.role, each.node.organisation_id)
        for each in candidates
        if each.fit is not None and not (each.node.participates and each.node.organisation_id)
    )
