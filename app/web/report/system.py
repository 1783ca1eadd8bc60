"""Finding the system: typed, looked for, chosen from a list, kept as typed, or not known."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext

from app.services import systems
from app.services.systems import SystemFound
from app.web.report import flow
from app.web.report.flow import Seen
from app.web.report.forms import SystemForm
from app.web.unit import reading

AS_TYPED, UNKNOWN = "typed", "unknown"


def prepare(form: SystemForm, _seen: Seen) -> None:
    """The systems found for what was typed, and the way out if it is none of them."""
    found = _search(form.typed.data)
    form.chosen.choices = [(each.id, _name(each)) for each in found]
    if found:
        form.chosen.choices.append((AS_TYPED, gettext("None of these. Keep what I wrote.")))


def extras(seen: Seen) -> Mapping[str, Any]:
    """Whether a search found nothing."""
    page = seen.draft.page("system")
    return {"searched": bool(page.get("typed")) and page.get("looked", False)}


def kept(form: SystemForm, _seen: Seen) -> Mapping[str, Any]:
    """What was typed, and the system chosen, if it is one of those found for that text."""
    typed = (form.typed.data or "").strip()
    if UNKNOWN in request.form:
        return {"typed": "", "system": "", "system_id": "", "chosen": UNKNOWN}
    match = next((each for each in _search(typed) if each.id == form.chosen.data), None)
    return {
        "typed": typed,
        "system": _name(match) if match else typed,
        "system_id": match.id if match else "",
        "chosen": match.id if match else AS_TYPED if form.chosen.data == AS_TYPED else "",
        "looked": True,
    }


def after(name: str, now: Seen) -> str:
    """The same page again while there is something to choose from that was not looked at."""
    page = now.draft.page("system")
    typed = page.get("typed", "")
    looked_at = request.form.get("shown_for", "") == typed
    wants_list = "find" in request.form or not (looked_at or page.get("chosen"))
    return (
        "system" if typed and wants_list and ("find" in request.form or _search(typed)) else flow.after(name)
    )


def _search(typed: str | None) -> list[SystemFound]:
    if not (typed or "").strip():
        return []
    with reading() as ctx:
        return systems.search(ctx, typed or "")


def _name(found: SystemFound) -> str:
    return f"{found.name} ({found.operator})" if found.operator else found.name
