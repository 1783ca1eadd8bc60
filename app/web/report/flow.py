"""The order of the questions, and the draft that each page reads."""

from dataclasses import dataclass, field

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.intake import Report
from app.services import drafts
from app.services.draft_reports import report_of
from app.services.drafts import Draft
from app.services.protection import Protection, protection_of
from app.web.identity import DRAFT, token
from app.web.languages import language
from app.web.unit import portal, reading

blueprint = Blueprint("report", __name__, url_prefix="/<lang>/report")

PAGES = (
    "safety", "what", "system", "harm", "whom", "since", "want", "evidence", "who", "sharing", "review",
)  # fmt: skip
# Pages that belong to a question before them, and count as it.
PART_OF = {"main": "harm"}
# New safeguards that are answered with help before anything else.
HELP_FIRST = frozenset({"danger_to_life", "csam", "intimate_image", "violence_threat"})


@dataclass(frozen=True)
class Seen:
    """What a page knows of the report so far."""

    token: str = field(repr=False)
    draft: Draft
    report: Report
    protection: Protection


def seen() -> Seen | None:
    """The report being written in this browser; None if there is none or its time is over."""
    held = token(DRAFT)
    if held is None:
        return None
    with reading() as ctx:
        draft = drafts.find(ctx, held)
    return None if draft is None else look(held, draft)


def look(held: str, draft: Draft) -> Seen:
    """A draft with what follows from its answers."""
    report = report_of(draft, language())
    return Seen(held, draft, report, protection_of(portal().reference, report))


def draft_token() -> str:
    """The token of this browser's draft; the access table has made sure that there is one."""
    return token(DRAFT) or abort(404)


def page_url(name: str, then: str = "") -> str:
    """The address of a question; `then` is the page to come back to after it."""
    return url_for(f"report.{name}", then=then or None)


def then() -> str:
    """The page that the person wants to come back to, empty if none."""
    asked = request.args.get("then", "")
    return asked if asked in PAGES else ""


def after(name: str, _now: Seen | None = None) -> str:
    """The page after this one: where the person came from, else the next question."""
    return then() or PAGES[min(position(name), len(PAGES) - 1)]


def before(name: str) -> str:
    """The address of the page before this one."""
    if then():
        return page_url(then())
    if name in PART_OF:
        return page_url(PART_OF[name])
    number = position(name)
    return page_url(PAGES[number - 2]) if number > 1 else url_for("report.start")


def position(name: str) -> int:
    """The number of a question, from 1."""
    return PAGES.index(PART_OF.get(name, name)) + 1


def go_on(target: str, was: Seen, now: Seen) -> ResponseReturnValue:
    """Lead on after an answer: to help first, if it calls for help; else to the page meant."""
    if then() and "sharing" in was.draft.answers and "sharing" not in now.draft.answers:
        target = "sharing"
    back = then() if target != then() else ""
    if HELP_FIRST & (set(now.protection.flags) - set(was.protection.flags)):
        return redirect(url_for("report.help_first", next=target, then=back or None), 303)
    return redirect(page_url(target, back), 303)
