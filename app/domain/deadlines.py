"""Deadlines, read off the events: calendar days, stopped while the person or a question pauses the case."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.ids import Action, Band, Role, State
from app.domain.lifecycle import DeadlineRule, LifecycleTable

ACTIONS = frozenset(str(action) for action in Action)


@dataclass(frozen=True)
class Event:
    """Something that happened on a day: an action's id or one of the other events of the reference data."""

    id: str
    on: date


@dataclass(frozen=True)
class Pause:
    """Days on which the clock stood still; `end` None means that it still does."""

    start: date
    end: date | None = None


@dataclass(frozen=True)
class Deadline:
    """What is due, when, and by whom."""

    id: str
    due_on: date
    owner: Role


def next_deadline(
    table: LifecycleTable, state: State | str, events: Sequence[Event], band: Band | str
) -> Deadline | None:
    """The first of `deadlines`, or None if nothing is due."""
    return next(iter(deadlines(table, state, events, band)), None)


def deadlines(
    table: LifecycleTable, state: State | str, events: Sequence[Event], band: Band | str
) -> tuple[Deadline, ...]:
    """Everything that runs in this state, soonest first, on one day in the order of the table.

    `events` come in the order in which they happened. While the clock is paused only deadlines made for
    that time run; after closing, only those of aftercare.
    """
    running = [
        _running(rule, events, paused_spans(table, events, rule.runs_in), Band(band))
        for rule in table.deadlines
        if _runs(table, state, rule)
    ]
    return tuple(sorted(filter(None, running), key=lambda each: each.due_on))


def paused_spans(
    table: LifecycleTable, events: Sequence[Event], runs_in: Collection[State] = ()
) -> tuple[Pause, ...]:
    """When the clock stood still, as replayed from the events; it goes on in the states of `runs_in`."""
    spans: list[Pause] = []
    for event, state in _replay(table, events):
        stopped = state is not None and table.states[state].clock_paused and state not in runs_in
        waiting = bool(spans) and spans[-1].end is None
        if stopped and not waiting:
            spans.append(Pause(event.on))
        elif waiting and not stopped:
            spans[-1] = Pause(spans[-1].start, event.on)
    return tuple(spans)


def _replay(table: LifecycleTable, events: Sequence[Event]) -> Iterator[tuple[Event, State | None]]:
    """Each event that moved the case, with the state it led to; None where the events do not tell."""
    way_back: list[State | None] = []
    state: State | None = None
    for event in events:
        if event.id not in ACTIONS:
            continue
        target = table.transitions[Action(event.id)].target
        if target is None:
            state = way_back.pop() if way_back else None
        else:
            way_back = [*way_back, state] if table.states[target].interrupts else []
            state = target
        yield event, state


def _runs(table: LifecycleTable, state: State | str, rule: DeadlineRule) -> bool:
    where = table.states[State(state)]
    if where.closed:
        return rule.after_close
    return where.id in rule.runs_in or not where.clock_paused


def _running(
    rule: DeadlineRule, events: Sequence[Event], pauses: Sequence[Pause], band: Band
) -> Deadline | None:
    """The deadline as counted from its latest start, None if it never began or was met."""
    starts = [number for number, event in enumerate(events) if not rule.starts or event.id in rule.starts]
    if not starts:
        return None
    since = events[starts[-1] :]
    met = sum(event.id in rule.ends for event in since)
    if met >= len(rule.days):
        return None
    days = rule.days[met]
    if band is Band.CRITICAL and rule.critical_days is not None:
        days = rule.critical_days
    if rule.extended_by in {event.id for event in since}:
        days += rule.extension_days
    return Deadline(rule.id, due_on(since[0].on, days, pauses), rule.owner)


def due_on(start: date, days: int, pauses: Sequence[Pause]) -> date:
    """`days` calendar days after `start`, moved back by every day on which the clock stood still."""
    due = start + timedelta(days=days)
    for pause in pauses:
        begins = max(pause.start, start)
        if pause.end is not None and begins <= due:
            due += max(timedelta(0), pause.end - begins)
    return due
