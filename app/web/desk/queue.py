"""The list of cases, narrowed by a form whose answers stand in the address."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import InvalidInput
from app.services import queue as cases
from app.services.queue import Wanted
from app.web.desk import words
from app.web.unit import portal, reading

blueprint = Blueprint("desk_cases", __name__, url_prefix="/<lang>/desk/cases")


@blueprint.get("")
def queue() -> ResponseReturnValue:
    """A page of cases, the most severe first."""
    wanted, cursor = _wanted(), request.args.get("at", "")
    try:
        with reading() as ctx:
            page = cases.find_page(ctx, wanted, cursor)
    except InvalidInput:
        return redirect(url_for("desk_cases.queue"), 303)
    return render_template(
        "desk/queue.html",
        page=page,
        wanted=wanted,
        chosen=_chosen(wanted),
        reference=portal().reference,
        words=words,
    )


def _wanted() -> Wanted:
    given = request.args
    return Wanted(
        state=given.get("state", ""),
        right=given.get("right", ""),
        system=given.get("system", "")[:200],
        mine="mine" in given,
        overdue="overdue" in given,
    )


def _chosen(wanted: Wanted) -> dict[str, str]:
    """The filters as an address carries them, without the empty ones."""
    marks = {"mine": "1" if wanted.mine else "", "overdue": "1" if wanted.overdue else ""}
    texts = {"state": wanted.state, "right": wanted.right, "system": wanted.system}
    return {name: value for name, value in {**texts, **marks}.items() if value}
