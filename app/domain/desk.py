"""What the desk offers a member to do in a case: exactly what state, role and circumstances allow.

The life cycle says which steps a role may take in a state. Here is what else has to be so before a step can
succeed, and the acts that are no steps: assessing, reminding, deciding as the second person.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.cases import Lifecycle
from app.domain.ids import Action, Role, Scope, State
from app.domain.permissions import Permission, permissions_of

REMINDERS = 2  # before a case may be closed without an answer


class Act(StrEnum):
    """What can be done at the desk besides the steps of the life cycle."""

    ASSESS = "assess"
    CONFIRM_DECISION = "confirm_decision"
    DECLINE_DECISION = "decline_decision"
    REMIND = "remind"


class Proposal(StrEnum):
    """Decisions that need a second person."""

    REFUSE = "refuse"
    ASSESS = "assess"


@dataclass(frozen=True)
class Pending:
    """A decision that waits for a second person, and who proposed it."""

    action: str
    member_id: str


@dataclass(frozen=True)
class ThreadSituation:
    """What matters in one party's thread. Reminders count from the latest claim on."""

    party_id: str
    state: str
    own: bool  # of the member's own organisation
    reminders: int = 0
    reminded_on: date | None = None
    time_is_over: bool = False
    nothing_outstanding: bool = False


@dataclass(frozen=True)
class Situation:
    """What matters in the case, as one member meets it."""

    state: str
    roles: frozenset[str]
    member_id: str
    of_host: bool
    assessed: bool = False
    harm_tagged: bool = False
    can_be_routed: bool = False
    pending: Pending | None = None
    threads: tuple[ThreadSituation, ...] = ()


@dataclass(frozen=True)
class Offered:
    """Something that this member can do now, to the case or to one party's thread."""

    act: str
    party_id: str | None = None


def offered(lifecycle: Lifecycle, now: Situation, today: date) -> tuple[Offered, ...]:
    """Everything that would succeed, steps of the case first, then of each thread, then other acts."""
    interrupted = lifecycle.rule(now.state).interrupts
    found = list(_case_steps(lifecycle, now))
    for thread in now.threads:
        if not interrupted:
            found += _thread_steps(lifecycle, now, thread, today)
    found += _acts(lifecycle, now)
    return tuple(dict.fromkeys(found))


def _case_steps(lifecycle: Lifecycle, now: Situation) -> Iterator[Offered]:
    for role in _roles(now):
        for row in lifecycle.actions_for(now.state, role, Scope.CASE):
            if now.of_host and role != Role.RESPONDENT and _CASE_GUARDS.get(row.action, _free)(now):
                yield Offered(row.action)


def _thread_steps(
    lifecycle: Lifecycle, now: Situation, thread: ThreadSituation, today: date
) -> Iterator[Offered]:
    for role in _roles(now):
        mine = thread.own if role == Role.RESPONDENT else now.of_host
        for row in lifecycle.actions_for(thread.state, role, Scope.PARTY):
            if mine and _THREAD_GUARDS.get(row.action, _free)(thread):
                yield Offered(row.action, thread.party_id)
    claimed = thread.state == State.REMEDY_CLAIMED and thread.reminded_on != today
    if now.of_host and Role.CASEWORKER in now.roles and claimed and thread.reminders < REMINDERS:
        yield Offered(Act.REMIND, thread.party_id)


def _acts(lifecycle: Lifecycle, now: Situation) -> Iterator[Offered]:
    if not now.of_host:
        return
    may_assess = Permission.SEVERITY_SET in permissions_of(now.roles)
    is_open = not lifecycle.rule(now.state).closed
    if may_assess and is_open and now.pending is None:
        yield Offered(Act.ASSESS)
    if now.pending is not None and is_open and _may_decide(now, now.pending, may_assess):
        if now.pending.member_id != now.member_id:
            yield Offered(Act.CONFIRM_DECISION)
        yield Offered(Act.DECLINE_DECISION)


def _may_decide(now: Situation, pending: Pending, may_assess: bool) -> bool:
    if pending.action == Proposal.ASSESS:
        return may_assess
    return Role.CASEWORKER in now.roles and now.state == State.SCREENING


def _roles(now: Situation) -> list[str]:
    """The roles that count: of another organisation than the host only the remedy officer's."""
    return sorted(now.roles) if now.of_host else sorted(now.roles & {Role.RESPONDENT})


def _free(_now: object) -> bool:
    return True


_CASE_GUARDS: dict[Action, Callable[[Situation], bool]] = {
    Action.ACCEPT: lambda now: now.assessed and now.harm_tagged and now.pending is None,
    Action.REFUSE: lambda now: now.pending is None,
    Action.ROUTE: lambda now: now.can_be_routed and now.pending is None,
}
_THREAD_GUARDS: dict[Action, Callable[[ThreadSituation], bool]] = {
    Action.NO_REPLY: lambda thread: thread.reminders >= REMINDERS and thread.time_is_over,
    Action.CLAIM_DONE: lambda thread: not thread.nothing_outstanding,
}
