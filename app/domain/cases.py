"""The life of a case: one table of (state, action, who) -> state. An unlisted triple is refused by name."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.errors import IllegalTransition, InvalidInput
from app.domain.ids import Action, Outcome, Role, Scope, State
from app.domain.lifecycle import LifecycleTable, StateRule, Transition


@dataclass(frozen=True)
class Position:
    """Where a case stands, and the states that it goes back to when interruptions end, oldest first."""

    state: State
    resume: tuple[State, ...] = ()

    @property
    def stored(self) -> str | None:
        """The way back as text to keep, None if there is none; `Position.read` is its inverse."""
        return " ".join(self.resume) or None

    @classmethod
    def read(cls, state: str, stored: str | None) -> "Position":
        """The position that was kept as a state and the text of `stored`."""
        return cls(State(state), tuple(State(part) for part in (stored or "").split()))


class Lifecycle:
    """Answers questions about the table; holds no case."""

    def __init__(self, table: LifecycleTable) -> None:
        self.table = table

    def rule(self, state: State | str) -> StateRule:
        """What the state means for clocks and summaries."""
        return self.table.states[State(state)]

    def transition(self, action: Action | str) -> Transition:
        """The row of this action; raises `IllegalTransition` for an unknown id."""
        try:
            return self.table.transitions[Action(action)]
        except ValueError:
            raise IllegalTransition(action=action) from None

    def actions_for(self, state: State | str, role: Role | str, scope: Scope | str) -> tuple[Transition, ...]:
        """What this role may do now, in the order of the table; nothing that is only coming later."""
        return tuple(
            row
            for row in self.table.transitions.values()
            if state in row.sources and role in row.by and row.scope == scope and not row.later
        )

    def next_state(
        self, state: State | str, action: Action | str, role: Role | str, before: State | None = None
    ) -> State:
        """The state that the action leads to; `before` is what an ended interruption goes back to.

        Raises `IllegalTransition` if the table lists no such triple or does not offer it yet.
        """
        row = self.transition(action)
        target = row.target or before or row.fallback
        if row.later or target is None or state not in row.sources or role not in row.by:
            raise IllegalTransition(state=str(state), action=str(action), role=str(role))
        return target

    def move(self, position: Position, action: Action | str, role: Role | str) -> Position:
        """The same as `next_state`, keeping the way back through interruptions within interruptions."""
        before = position.resume[-1] if position.resume else None
        target = self.next_state(position.state, action, role, before)
        if self.transition(action).target is None:
            return Position(target, position.resume[:-1])
        if self.rule(target).interrupts:
            return Position(target, (*position.resume, position.state))
        return Position(target)

    def summary_state(self, states: Iterable[State | str]) -> State:
        """What the person is shown for several threads: the least advanced open one.

        With all closed: their common state, else partly remedied if anything was, else the first in
        the order of the table. Raises `InvalidInput` if there is no thread.
        """
        held = {State(state) for state in states}
        ordered = [state for state in self.table.states if state in held]
        if not ordered:
            raise InvalidInput("no_threads")
        if still_open := [state for state in ordered if not self.rule(state).closed]:
            return still_open[0]
        helped = {self.rule(state).outcome for state in ordered} & {Outcome.REMEDIED, Outcome.PARTIAL}
        return State.CLOSED_PARTIAL if helped and len(ordered) > 1 else ordered[0]
