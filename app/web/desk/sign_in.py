"""Into the desk and out of it."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext, ngettext
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, Length

from app.domain.errors import TooManyAttempts
from app.domain.permissions import Permission, permissions_of
from app.services import sign_in as door
from app.web import identity
from app.web.forms import Form
from app.web.headers import forget_everything
from app.web.unit import reading, writing

blueprint = Blueprint("desk", __name__, url_prefix="/<lang>/desk")

LONGEST = 200


class SignInForm(Form):
    """Everything on one page: which of the three is wrong is not told."""

    email = StringField(lazy_gettext("E-mail"), [DataRequired(), Length(max=LONGEST)])
    password = PasswordField(lazy_gettext("Password"), [DataRequired(), Length(max=LONGEST)])
    code = StringField(
        lazy_gettext("Code from your authenticator app"),
        [DataRequired(), Length(max=20)],
        description=lazy_gettext("Six digits. Each code works once."),
    )


@blueprint.get("")
def start() -> ResponseReturnValue:
    """The first page of the desk that this member may see."""
    allowed = permissions_of(g.actor.roles)
    if Permission.CASE_LIST in allowed:
        return redirect(url_for("desk_cases.queue"), 303)
    page = "desk_members.index" if Permission.MEMBER_INVITE in allowed else "desk_settings.index"
    return redirect(url_for(page), 303)


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for e-mail, password and code; one answer for everything that is wrong."""
    form, wait, failed = SignInForm(), "", False
    if form.validate_on_submit():
        try:
            with reading() as ctx:
                attempt = door.prepare(ctx, _text(form.email), _text(form.password))
            with writing() as ctx:
                token = door.sign_in(ctx, attempt, _text(form.code))
        except TooManyAttempts as slowed:
            wait = wait_sentence(slowed.seconds)
        else:
            if token is not None:
                identity.set_token(identity.DESK, token)
                return redirect(url_for("desk.start"), 303)
            failed = True
    status = 422 if failed or form.errors else 429 if wait else 200
    return render_template("desk/sign_in.html", form=form, wait=wait, failed=failed), status


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this session and ask the browser to forget what it saw."""
    held = identity.token(identity.DESK)
    if held is not None:
        with writing() as ctx:
            door.sign_out(ctx, held)
    identity.set_token(identity.DESK, None)
    return forget_everything(redirect(url_for("desk.sign_in"), 303))


def wait_sentence(seconds: int) -> str:
    """How long the next try has to wait, kindly."""
    return str(
        ngettext(
            "There were several tries that did not work. Please wait %(num)s second, then try again.",
            "There were several tries that did not work. Please wait %(num)s seconds, then try again.",
            seconds,
        )
    )


def _text(field: Any) -> str:
    return str(field.data or "")
