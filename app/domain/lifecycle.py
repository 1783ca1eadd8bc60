"""The shape of the life-cycle table; `app.reference` fills it, `app.domain.cases` reads it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.ids import Action, Outcome, Role, Scope, State


@dataclass(frozen=True)
class StateRule:
    """What a state means for clocks and summaries."""

    id: State
    closed: bool = False  # nothing runs but what follows a decision
    clock_paused: bool = False
    interrupts: bool = False  # the state before it is kept, to go back to
    outcome: Outcome | None = None


@dataclass(frozen=True)
class Transition:
    """One row: an action, from where, to where, by whom. `target` None leads back to the state before."""

    action: Action
    sources: frozenset[State]
    target: State | None
    by: frozenset[Role]
    scope: Scope
    fallback: State | None = None  # where to when there is no state before
    requires: tuple[str, ...] = ()
    later: bool = False  # known to the table, not offered yet


@dataclass(frozen=True)
class DeadlineRule:
    """A time limit in calendar days from an event; several `days` mean one date after another."""

    id: str
    days: tuple[int, ...]
    starts: frozenset[str]  # empty: every event starts it anew
    ends: frozenset[str]
    owner: Role
    critical_days: int | None = None
    extended_by: str | None = None
    extension_days: int = 0
    runs_in: frozenset[State] = frozenset()  # paused states that do not stop this clock
    after_close: bool = False


@dataclass(frozen=True)
class LifecycleTable:
    """States in the order of a case's life, and every row."""

    states: Mapping[State, StateRule]
    transitions: Mapping[Action, Transition]
    deadlines: tuple[DeadlineRule, ...]
