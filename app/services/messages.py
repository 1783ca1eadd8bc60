"""Conversations: one with each party and one with the host, each sealed in a thread of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.answers import may_write
from app.domain.errors import IllegalTransition, InvalidInput, NotFound
from app.models import Case, Party
from app.services import notices, parts, steps, vault, writings
from app.services.context import ActorKind, Context
from app.services.vault import OpenCompartment
from app.services.writings import Writing

LONGEST = 20_000


@dataclass(frozen=True)
class Message:
    """One piece of writing in a thread; `organisation` and `member` are None for the person harmed."""

    id: str
    kind: str
    on: date
    by: str  # "reporter" or "organisation"
    organisation: str | None
    member: str | None
    text: str


@dataclass(frozen=True)
class Thread:
    """A conversation, oldest first; `earlier` counts those before it that were left out."""

    party_id: str | None
    messages: tuple[Message, ...] = ()
    earlier: int = 0


def write(ctx: Context, case_id: str, party_id: str | None, text: str) -> str:
    """Seal a message into the thread with a party, or with the host (None), and return its id.

    Raises InvalidInput (`empty_text`, `long_text`), NotFound for a thread that this session cannot open,
    IllegalTransition (`thread_silent`) while nothing may pass between person and company.
    """
    case = steps.get_case(ctx, case_id)
    by_person = ctx.actor.kind is ActorKind.REPORTER
    if not may_write(case.state, to_company=party_id is not None, by_person=by_person):
        raise IllegalTransition("thread_silent", state=case.state)
    part_id = put(ctx, case, party_id, "message", text)
    party = ctx.session.get(Party, party_id) if party_id else None
    by = "affected_person" if by_person else sorted(ctx.actor.roles)[0]
    event = steps.note(ctx, case, "message", by=by, party=party, part=part_id)
    steps.reckon(ctx, case)
    if not by_person:
        notices.tell(ctx, case_id, event.number)
    return part_id


def put(ctx: Context, case: Case, party_id: str | None, kind: str, text: str) -> str:
    """Seal what somebody wrote with a step of theirs into a thread; the caller writes the event."""
    return parts.add_part(ctx, _thread(ctx, case.id, party_id), kind, clean(text)).id


def clean(text: str) -> str:
    """What was typed without the space around it; raises InvalidInput (`empty_text`, `long_text`)."""
    kept = text.strip()
    if not kept:
        raise InvalidInput("empty_text")
    if len(kept) > LONGEST:
        raise InvalidInput("long_text", longest=LONGEST)
    return kept


def read(
    ctx: Context, case_id: str, opened: Mapping[str, OpenCompartment], last: int | None = None
) -> tuple[Thread, ...]:
    """The threads among the open compartments, of each only the `last` messages if a number is given."""
    threads = {each.id: each for each in opened.values() if each.kind == "thread"}
    return read_threads(threads, writings.load(ctx, case_id, threads), last)


def read_threads(
    opened: Mapping[str, OpenCompartment], written: Iterable[Writing], last: int | None = None
) -> tuple[Thread, ...]:
    """The same as `read`, from writings that were loaded before."""
    found: dict[str, list[Writing]] = {each.id: [] for each in opened.values() if each.kind == "thread"}
    for each in written:
        if each.within.id in found:
            found[each.within.id].append(each)
    return tuple(_read_thread(opened[thread].party_id, held, last) for thread, held in found.items())


def _read_thread(party_id: str | None, held: Sequence[Writing], last: int | None) -> Thread:
    shown = held if last is None else held[-last:]
    return Thread(party_id, tuple(_message(each) for each in shown), len(held) - len(shown))


def _message(written: Writing) -> Message:
    part = written.part
    names = written.organisation, written.member
    return Message(part.id, part.kind, part.written_on, part.by, *names, text=written.text)


def _thread(ctx: Context, case_id: str, party_id: str | None) -> OpenCompartment:
    for each in vault.open_case(ctx, case_id).values():
        if each.kind == "thread" and each.party_id == party_id:
            return each
    raise NotFound("thread")
