"""The course of the case, in the hands of the person harmed: answer, pause, go on, end, ask for safety."""

from app.domain.answers import Pressure
from app.domain.ids import Action
from app.services import messages, steps
from app.services.context import Context
from app.services.reporters import own_case


def give_info(ctx: Context, case_id: str, text: str) -> None:
    """Answer the host's question in the conversation with it; the case goes on where it was."""
    case = own_case(ctx, case_id)
    part_id = messages.put(ctx, case, None, "message", text)
    steps.take_case_step(ctx, case, Action.INFO_GIVEN, part=part_id)


def pause(ctx: Context, case_id: str) -> None:
    """Stop every clock until the person says so."""
    steps.take_case_step(ctx, own_case(ctx, case_id), Action.PAUSE)


def resume(ctx: Context, case_id: str) -> None:
    """Go on where the case was paused."""
    steps.take_case_step(ctx, own_case(ctx, case_id), Action.RESUME)


def withdraw(ctx: Context, case_id: str, pressure: Pressure, text: str = "") -> None:
    """End the case, with or without a word about why; `pressure` is what the person answered when asked."""
    case = own_case(ctx, case_id)
    facts: dict[str, str] = {"pressure": pressure}
    if text.strip():
        facts["part"] = messages.put(ctx, case, None, "message", text)
    steps.take_case_step(ctx, case, Action.WITHDRAW, **facts)


def ask_for_safety(ctx: Context, case_id: str, text: str) -> None:
    """Tell the host that the person is not safe: nothing goes to a company until somebody has looked."""
    case = own_case(ctx, case_id)
    part_id = messages.put(ctx, case, None, "message", text)
    steps.take_case_step(ctx, case, Action.SAFETY_FLAG, part=part_id)
