"""Fills the rules of `app.domain` from the tables."""

from collections import deque

from app.domain.cases import Lifecycle
from app.domain.ids import Action, Role, State
from app.domain.lifecycle import DeadlineRule, LifecycleTable, StateRule, Transition
from app.domain.remedies import RemedyRules
from app.domain.severity import SeverityRules
from app.reference.errors import ReferenceDataError
from app.reference.records_process import (
    ANY_EVENT,
    BACK,
    BACK_OR_SCREENING,
    DeadlineRecord,
    StateRecord,
    TransitionRecord,
)
from app.reference.tables import Tables


def lifecycle(tables: Tables) -> Lifecycle:
    """The life cycle; raises `ReferenceDataError` naming a state that nothing leads to."""
    table = LifecycleTable(
        states={State(id_): _state(record) for id_, record in tables.states.items()},
        transitions={Action(id_): _transition(tables, each) for id_, each in tables.transitions.items()},
        deadlines=tuple(_deadline(record) for record in tables.deadlines.values()),
    )
    reached = _reachable(table)
    for state in table.states:
        if state not in reached:
            raise ReferenceDataError(f"states: {state}", "no transition leads to it")
    return Lifecycle(table)


def severity_rules(tables: Tables) -> SeverityRules:
    """Bands, and what lifts a case above its score."""
    bands = tables.bands.values()
    return SeverityRules(
        bands={score: record.id for record in bands for score in record.scores},
        critical_safeguards=frozenset(each.id for each in tables.safeguards.values() if each.critical),
        delay_band=next(record.id for record in bands if record.least_where_waiting_is_final),
    )


def remedy_rules(tables: Tables) -> RemedyRules:
    """Which remedies are for the person, and which keep the harm from happening again."""
    remedies = tables.remedies.values()
    return RemedyRules(
        for_person=frozenset(each.id for each in remedies if each.serves == "person"),
        prevents=frozenset(each.id for each in remedies if each.prevents),
    )


def _state(record: StateRecord) -> StateRule:
    return StateRule(State(record.id), record.closed, record.clock_paused, record.interrupts, record.outcome)


def _transition(tables: Tables, record: TransitionRecord) -> Transition:
    goes_back = record.to in (BACK, BACK_OR_SCREENING)
    return Transition(
        action=Action(record.id),
        sources=frozenset(state for name in record.sources for state in _states(tables, name)),
        target=None if goes_back else State(record.to),
        by=frozenset(Role(each) for each in record.by),
        scope=record.scope,
        fallback=State.SCREENING if record.to == BACK_OR_SCREENING else None,
        requires=record.requires,
        later=record.later,
    )


def _states(tables: Tables, name: str) -> tuple[State, ...]:
    """The states that a source stands for: those of a group, or itself."""
    group = tables.state_groups.get(name)
    return tuple(State(each) for each in group.states) if group else (State(name),)


def _deadline(record: DeadlineRecord) -> DeadlineRule:
    return DeadlineRule(
        id=record.id,
        days=record.days if isinstance(record.days, tuple) else (record.days,),
        starts=frozenset() if ANY_EVENT in record.starts else frozenset(record.starts),
        ends=frozenset(record.ends),
        owner=Role(record.owner),
        critical_days=record.critical_days,
        extended_by=record.extended_by,
        extension_days=record.extension_days,
        runs_in=frozenset(State(each) for each in record.runs_in),
        after_close=record.after_close,
    )


def _reachable(table: LifecycleTable) -> set[State]:
    """Every state that a case can come to, counting what is only coming later."""
    reached, waiting = {State.DRAFT}, deque([State.DRAFT])
    while waiting:
        here = waiting.popleft()
        for row in table.transitions.values():
            for target in (row.target, row.fallback):
                if here in row.sources and target and target not in reached:
                    reached.add(target)
                    waiting.append(target)
    return reached
