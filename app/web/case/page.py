"""The case page: where it stands, what comes next, who is involved, what was said, what one may do."""

from datetime import date
from typing import TypedDict

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.services.case_timeline import EventView
from app.services.case_view import CaseView
from app.web.case.acting import load, render
from app.web.case.sentences import DONE, EVENTS, NOT_NOW
from app.web.unit import portal

blueprint = Blueprint("case_page", __name__, url_prefix="/<lang>/case")

SHOWN_MESSAGES = 3  # of each conversation; its own page has them all


class Line(TypedDict):
    """One line of the history."""

    day: date
    title: str
    text: str


@blueprint.get("/overview")
def show() -> ResponseReturnValue:
    """Everything on one page, with plain links to its parts."""
    case = load(SHOWN_MESSAGES)
    done = request.args.get("done", "")
    not_now = NOT_NOW if done == "not_now" else None
    return render("show", case=case, done=DONE.get(done), not_now=not_now, history=_history(case))


def _history(case: CaseView) -> list[Line]:
    """The steps that the person is told, the newest first."""
    names = {party.id: party.name for party in case.parties}
    return [
        {"day": event.on, "title": title, "text": names.get(event.party_id or "", "")}
        for event in reversed(case.events)
        if (title := _title(event))
    ]


def _title(event: EventView) -> str:
    """What happened, as a sentence; nothing for steps that are shown elsewhere or concern the desk alone."""
    own = EVENTS.get(f"{event.action}:{event.how}") or EVENTS.get(event.action)
    if own is not None:
        return str(own)
    step = portal().reference.transitions.get(event.action)
    return gettext(step.event) if step else ""
