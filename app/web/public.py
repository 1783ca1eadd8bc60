"""The pages that anybody may read, and the way out."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.reference.records_process import DeadlineRecord
from app.web.identity import CASE, IDLE_SECONDS
from app.web.languages import language
from app.web.leaving import leave_now
from app.web.rendering import number, spoken_list
from app.web.unit import portal

blueprint = Blueprint("public", __name__)

# The usual way of a case: where it stands, and the dates that run there.
STEPS = (
    ("submitted", ("receipt", "acknowledge")),
    ("screening", ("admissibility",)),
    ("accepted", ("route_to_actor",)),
    ("actor_review", ("actor_ack", "actor_answer")),
    ("dialogue", ("dialogue",)),
    ("remedy_proposed", ("consider_offer",)),
    ("remedy_delivery", ()),
    ("remedy_claimed", ("verify",)),
    ("closed_remedied", ("follow_up_checks", "appeal_window")),
)
EXAMPLES = ("phys_intimate_image_abuse", "eq_biased_decision", "prop_scam_financial_loss")


@blueprint.get("/")
def choose_language() -> ResponseReturnValue:
    """Send people to the home page in the language that their browser wishes for."""
    return redirect(url_for("public.home", lang=language()), 303)


@blueprint.get("/<lang>/")
def home() -> str:
    """What this is, what happens, and the two ways in."""
    reference = portal().reference
    return render_template(
        "public/home.html",
        read_days=reference.deadlines["acknowledge"].days,
        decided_days=reference.deadlines["admissibility"].days,
        examples=[reference.harms[harm].example for harm in EXAMPLES],
    )


@blueprint.get("/<lang>/rights")
def rights() -> str:
    """The rights that AI can harm, each with examples."""
    return render_template("public/rights.html", reference=portal().reference)


@blueprint.get("/<lang>/routes")
def routes() -> str:
    """Help elsewhere, the most pressing first, with what each can and cannot give."""
    reference = portal().reference
    groups = [
        (kind, [route for route in reference.routes.values() if route.kind == kind.id])
        for kind in sorted(reference.route_kinds.values(), key=lambda kind: not kind.urgent)
    ]
    return render_template("public/routes.html", reference=reference, groups=groups)


@blueprint.get("/<lang>/safety")
def safety() -> str:
    """How people are protected, and what is not promised."""
    return render_template(
        "public/safety.html", settings=portal().settings, idle_minutes=IDLE_SECONDS[CASE] // 60
    )


@blueprint.get("/<lang>/how")
def how() -> str:
    """The steps of a case, with who acts and by when."""
    reference = portal().reference
    steps = [(reference.states[state], [reference.deadlines[each] for each in ids]) for state, ids in STEPS]
    return render_template("public/how.html", reference=reference, steps=steps, within=_within)


@blueprint.post("/<lang>/leave")
def leave() -> ResponseReturnValue:
    """Leave this page now: end what is open in this browser and show a page that says nothing."""
    return leave_now()


@blueprint.get("/blank")
def blank() -> str:
    """A page that names neither this portal nor its subject."""
    return render_template("public/blank.html", leave_url=portal().settings.leave_url)


def _within(deadline: DeadlineRecord) -> str:
    if isinstance(deadline.days, tuple):
        days = spoken_list([number(each) for each in deadline.days])
        return str(gettext("after %(days)s days", days=days))
    if deadline.days == 0:
        return str(gettext("at once"))
    return str(ngettext("within %(num)s day", "within %(num)s days", deadline.days))
