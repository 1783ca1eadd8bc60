"""Joining an organisation: code in, then password and second factor; whoever founds it sees the recovery kit.

The QR code is a PNG of its own because pages carry no data: addresses, and Tor Browser at its safest shows no
SVG. What it holds lies in a row sealed under a cookie, so that no address ever carries a secret.
"""

import io

import segno
from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from wtforms import PasswordField, SelectField, StringField
from wtforms.validators import DataRequired, Length

from app.domain.errors import InvalidInput, NotFound
from app.services import joining
from app.services.joining import Joining
from app.web import identity
from app.web.desk.fields import E_MAIL
from app.web.desk.sentences import add_error
from app.web.forms import Form
from app.web.languages import language
from app.web.unit import portal, reading, writing

blueprint = Blueprint("desk_join", __name__, url_prefix="/<lang>/desk")


class CodeForm(Form):
    """The invitation's code, in digits of any script."""

    code = StringField(
        lazy_gettext("Your invitation code"),
        [DataRequired(), Length(max=100)],
        description=lazy_gettext("28 digits. Spaces do not matter."),
    )


class ChoiceForm(Form):
    """How the new member will sign in."""

    password = PasswordField(
        lazy_gettext("Choose a password"),
        [DataRequired()],
        description=lazy_gettext("Four or five words that nobody would guess make a good one."),
    )
    totp_code = StringField(
        lazy_gettext("The six digits that the app shows now"), [DataRequired(), Length(max=20)]
    )


class RecoverForm(Form):
    """The kit, and who becomes the new manager."""

    organisation = SelectField(lazy_gettext("Organisation"))
    kit = StringField(
        lazy_gettext("Recovery kit"),
        [DataRequired(), Length(max=200)],
        description=lazy_gettext("The 14 groups of letters and digits on the printed page."),
    )
    name = StringField(lazy_gettext("Name of the new manager"), [DataRequired(), Length(max=200)])
    email = StringField(
        lazy_gettext("Work e-mail of the new manager"), [DataRequired(), Length(max=254), E_MAIL]
    )


@blueprint.route("/join", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """Ask for the code."""
    form = CodeForm()
    if form.validate_on_submit():
        try:
            with writing() as ctx:
                token = joining.begin_joining(ctx, str(form.code.data))
        except (InvalidInput, NotFound) as refusal:
            add_error(form.code, "invitation_not_found" if isinstance(refusal, NotFound) else refusal.code)
        else:
            identity.set_token(identity.JOIN, token)
            return redirect(url_for("desk_join.choose"), 303)
    return render_template("desk/join_code.html", form=form), 422 if form.errors else 200


@blueprint.route("/join/account", methods=["GET", "POST"])
def choose() -> ResponseReturnValue:
    """Show who is joining what, and ask for password and second factor."""
    found, form = _joining(), ChoiceForm()
    if found is None:
        return redirect(url_for("desk_join.code"), 303)
    if form.validate_on_submit():
        try:
            with writing() as ctx:
                held = identity.token(identity.JOIN) or ""
                joined = joining.finish_joining(
                    ctx, held, str(form.password.data), _digits(str(form.totp_code.data)), language()
                )
        except InvalidInput as refusal:
            place = form.totp_code if refusal.code == "totp_code" else form.password
            add_error(place, refusal.code)
        else:
            identity.set_token(identity.JOIN, None)
            return render_template("desk/joined.html", joining=found, kit=joined.kit)
    address = found.totp_address(portal().settings.host_name)
    page = render_template("desk/join_account.html", form=form, joining=found, address=address)
    return page, 422 if form.errors else 200


@blueprint.get("/join/code.png")
def picture() -> ResponseReturnValue:
    """The QR code for the authenticator app of whoever is joining in this browser."""
    found = _joining()
    if found is None:
        abort(404)
    out = io.BytesIO()
    segno.make(found.totp_address(portal().settings.host_name), micro=False).save(out, kind="png", scale=5)
    return Response(out.getvalue(), mimetype="image/png")


@blueprint.route("/recover", methods=["GET", "POST"])
def recover() -> ResponseReturnValue:
    """Open an organisation with its recovery kit and make an invitation for a new manager."""
    form = RecoverForm()
    with reading() as ctx:
        form.organisation.choices = list(joining.recoverable(ctx))
    if form.validate_on_submit():
        try:
            with writing() as ctx:
                fresh = joining.recover(
                    ctx,
                    form.organisation.data,
                    str(form.kit.data),
                    str(form.name.data),
                    str(form.email.data),
                )
        except InvalidInput as refusal:
            add_error(form.kit, refusal.code)
        else:
            return render_template("desk/invitation.html", code=fresh, name=form.name.data, inside=False)
    return render_template("desk/recover.html", form=form), 422 if form.errors else 200


def _joining() -> Joining | None:
    held = identity.token(identity.JOIN)
    if held is None:
        return None
    with reading() as ctx:
        return joining.find_joining(ctx, held)


def _digits(typed: str) -> str:
    return "".join(str(int(sign)) for sign in typed if sign.isdecimal())
