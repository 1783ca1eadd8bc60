"""When the person does not answer: reminders first, and only then an end that does not count as remedied."""

from app.domain.desk import Act
from app.domain.errors import NotFound
from app.domain.ids import Action
from app.models import Case, Party
from app.services import messages, notices, steps
from app.services.context import Context
from app.services.opening import Found


def remind(ctx: Context, found: Found, party_id: str, text: str) -> None:
    """Ask the person once more, in the conversation and by the notice they wished for, if any."""
    case, party = _thread(ctx, found, party_id)
    part = messages.put(ctx, case, party.id, "message", text)
    event = steps.note(ctx, case, Act.REMIND, by="caseworker", party=party, part=part)
    steps.reckon(ctx, case)
    notices.tell(ctx, case.id, event.number)


def close_unanswered(ctx: Context, found: Found, party_id: str) -> None:
    """Close a thread as not confirmed; the desk offers it only after the reminders and the time to answer."""
    case, party = _thread(ctx, found, party_id)
    event = steps.take_party_step(ctx, case, party, Action.NO_REPLY)
    notices.tell(ctx, case.id, event.number)


def _thread(ctx: Context, found: Found, party_id: str) -> tuple[Case, Party]:
    case, party = steps.get_case(ctx, found.case.id), ctx.session.get(Party, party_id)
    if party is None or party.case_id != case.id:
        raise NotFound("party")
    return case, party
