"""The course of the case: pause, go on, end it, ask for safety."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from app.domain.answers import Pressure
from app.domain.ids import Action
from app.services import course, messages
from app.services.context import Context
from app.web.case.acting import CaseForm, load, own_case, show, taken, to_case
from app.web.case.sentences import PRESSURE, choices

blueprint = Blueprint("case_course", __name__, url_prefix="/<lang>/case")


class ButtonForm(CaseForm):
    """Only a button."""


class EndForm(CaseForm):
    """Whether somebody pushes, and a word about why; both may be left out."""

    pressure = RadioField(
        lazy_gettext("Is it your own free choice?"),
        [Optional()],
        choices=choices(PRESSURE),
        description=lazy_gettext("You may leave this out. We ask because some people are pushed to stop."),
    )
    text = TextAreaField(
        lazy_gettext("Do you want to tell us why?"),
        [Length(max=messages.LONGEST)],
        description=lazy_gettext("You may leave this out. No company reads it."),
    )
    sure = HiddenField("")


class SafetyForm(CaseForm):
    """What makes the person unsafe."""

    text = TextAreaField(
        lazy_gettext("What happened, or what are you afraid of?"),
        [DataRequired(), Length(max=messages.LONGEST)],
        description=lazy_gettext("A few words are enough. No company reads this."),
    )


@blueprint.route("/pause", methods=["GET", "POST"])
def pause() -> ResponseReturnValue:
    """Stop every clock until the person says so."""
    form = ButtonForm()
    paused = taken(form, lambda ctx: course.pause(ctx, own_case(ctx)), "paused")
    return paused or _page("pause", form, Action.PAUSE)


@blueprint.post("/resume")
def resume() -> ResponseReturnValue:
    """Go on where the case was paused."""
    return taken(ButtonForm(), lambda ctx: course.resume(ctx, own_case(ctx)), "resumed") or to_case("not_now")


@blueprint.route("/end", methods=["GET", "POST"])
def end() -> ResponseReturnValue:
    """End the case; whoever is pushed to do so is first shown what else there is."""
    form = EndForm()
    if form.pressure.data == Pressure.PUSHED and not form.sure.data and form.validate_on_submit():
        form.sure.data = "yes"
        return show("end", form, case=load(), pushed=True)

    def step(ctx: Context) -> None:
        pressure = Pressure(form.pressure.data or Pressure.NOT_SAID)
        course.withdraw(ctx, own_case(ctx), pressure, str(form.text.data))

    return taken(form, step, "ended") or _page("end", form, Action.WITHDRAW)


@blueprint.route("/safety", methods=["GET", "POST"])
def safety() -> ResponseReturnValue:
    """Say that one is not safe: nothing more goes to a company until somebody has looked."""
    form = SafetyForm()

    def step(ctx: Context) -> None:
        course.ask_for_safety(ctx, own_case(ctx), str(form.text.data))

    return taken(form, step, "safety") or _page("safety", form, Action.SAFETY_FLAG)


def _page(template: str, form: CaseForm, action: Action) -> ResponseReturnValue:
    case = load()
    if action not in case.actions and not form.is_submitted():
        return to_case("not_now")
    return show(template, form, case=case, pushed=False)
