"""Every table of the reference data, by the top-level key that it has in the files."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_type_hints

from app.domain.cases import Lifecycle
from app.domain.remedies import RemedyRules
from app.domain.severity import SeverityRules
from app.reference.records_outcome import Criterion, Remedy, Route, RouteKind
from app.reference.records_process import (
    Asked,
    BandRecord,
    DeadlineRecord,
    Dimension,
    InvolvementQuestion,
    InvolvementValue,
    LeverageAction,
    Named,
    OtherEvent,
    Said,
    StateGroup,
    StateRecord,
    TransitionRecord,
)
from app.reference.records_taxonomy import ChainRole, EvidenceRule, Harm, Right, Safeguard


@dataclass(frozen=True)
class Tables:
    """The entries by id, in the order in which people see them."""

    rights: Mapping[str, Right]
    harms: Mapping[str, Harm]
    safeguards: Mapping[str, Safeguard]
    role_groups: Mapping[str, Named]
    entity_types: Mapping[str, Named]
    roles: Mapping[str, ChainRole]
    people: Mapping[str, Named]
    states: Mapping[str, StateRecord]
    state_groups: Mapping[str, StateGroup]
    transitions: Mapping[str, TransitionRecord]
    requirements: Mapping[str, Said]
    deadlines: Mapping[str, DeadlineRecord]
    other_events: Mapping[str, OtherEvent]
    admissibility_tests: Mapping[str, Said]
    never_needed: Mapping[str, Said]
    refusal_codes: Mapping[str, Said]
    dimensions: Mapping[str, Dimension]
    severity_fields: Mapping[str, Asked]
    harm_kinds: Mapping[str, Named]
    bands: Mapping[str, BandRecord]
    involvement_values: Mapping[str, InvolvementValue]
    involvement_questions: Mapping[str, InvolvementQuestion]
    aggravating_facts: Mapping[str, Said]
    leverage_actions: Mapping[str, LeverageAction]
    remedy_families: Mapping[str, Named]
    remedies: Mapping[str, Remedy]
    route_kinds: Mapping[str, RouteKind]
    route_areas: Mapping[str, Named]
    routes: Mapping[str, Route]
    criteria: Mapping[str, Criterion]


@dataclass(frozen=True)
class Reference(Tables):
    """The tables, and the rules of `app.domain` filled from them."""

    lifecycle: Lifecycle
    severity_rules: SeverityRules
    remedy_rules: RemedyRules

    @property
    def enabled_rights(self) -> tuple[Right, ...]:
        """The rights that people are asked about, in order."""
        return tuple(right for right in self.rights.values() if right.enabled)

    def harms_of(self, right_id: str) -> tuple[Harm, ...]:
        """The harms behind a right's question, also those whose first place is another right."""
        return tuple(harm for harm in self.harms.values() if right_id in (harm.right, harm.also_right))

    def safeguards_of(self, harm_ids: Iterable[str]) -> tuple[str, ...]:
        """The safeguards that these harms bring with them, each once, in the order of their table."""
        found = {flag for harm in harm_ids for flag in self.harms[harm].safeguards}
        return tuple(flag for flag in self.safeguards if flag in found)

    def evidence_rule(self, safeguard_ids: Iterable[str]) -> EvidenceRule:
        """What may be added to a report under these safeguards: the strictest of their rules."""
        rules = {self.safeguards[flag].evidence for flag in safeguard_ids}
        return max(rules, key=list(EvidenceRule).index, default=EvidenceRule.ANY)

    def routes_for(
        self, harms: Collection[str], roles: Collection[str] = (), safeguards: Collection[str] = ()
    ) -> tuple[Route, ...]:
        """The outside routes that fit: urgent ones, then those for this case, then those for every case."""
        kinds = list(self.route_kinds)
        fitting = [
            (not self.route_kinds[route.kind].urgent, route.always, kinds.index(route.kind), number, route)
            for number, route in enumerate(self.routes.values())
            if route.always or not _apart(route, harms, roles, safeguards)
        ]
        return tuple(route for *_, route in sorted(fitting, key=lambda each: each[:4]))


def _apart(route: Route, harms: Collection[str], roles: Collection[str], safeguards: Collection[str]) -> bool:
    """Whether the route and the case have nothing in common."""
    return (
        set(route.harms).isdisjoint(harms)
        and set(route.roles).isdisjoint(roles)
        and set(route.safeguards).isdisjoint(safeguards)
    )


def record_types() -> dict[str, Any]:
    """The record class of each table."""
    return {name: get_args(hint)[1] for name, hint in get_type_hints(Tables).items()}
