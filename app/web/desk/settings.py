"""A member's own settings: language, password, sessions, and the promise that protects reporters."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from wtforms import BooleanField, PasswordField, SelectField
from wtforms.validators import DataRequired

from app.domain.errors import InvalidInput, TooManyAttempts, UndertakingMissing
from app.services import accounts, members
from app.web import identity
from app.web.desk.sentences import add_error
from app.web.desk.sign_in import wait_sentence
from app.web.forms import Form
from app.web.languages import language_links
from app.web.unit import reading, writing

blueprint = Blueprint("desk_settings", __name__, url_prefix="/<lang>/desk")


class LanguageForm(Form):
    """The language of the desk."""

    language = SelectField(lazy_gettext("Your language"))


class PasswordForm(Form):
    """The old password and a new one."""

    old = PasswordField(lazy_gettext("Your present password"), [DataRequired()])
    new = PasswordField(
        lazy_gettext("Your new password"),
        [DataRequired()],
        description=lazy_gettext("Four or five words that nobody would guess make a good one."),
    )


class UndertakingForm(Form):
    """The promise, given by a tick of one's own."""

    agree = BooleanField(lazy_gettext("I promise this, in my own name."), [DataRequired()])


@blueprint.get("/settings")
def index() -> ResponseReturnValue:
    """One's own account with everything that can be changed."""
    return _page()


@blueprint.post("/settings/language")
def language() -> ResponseReturnValue:
    """Keep the chosen language and go on in it."""
    form = _with_choices(LanguageForm())
    if not form.validate_on_submit():
        return _page(language_form=form), 422
    with writing() as ctx:
        accounts.set_language(ctx, form.language.data)
    return redirect(url_for("desk_settings.index", lang=form.language.data), 303)


@blueprint.post("/settings/password")
def password() -> ResponseReturnValue:
    """Change the password; every session ends, so that only the new one gets in."""
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            with writing() as ctx:
                _organisation, member = ctx.actor.require_member()
                changed = members.change_password(ctx, member, str(form.old.data), str(form.new.data))
        except InvalidInput as refusal:
            add_error(form.new, refusal.code)
        except TooManyAttempts as slowed:
            form.old.errors = [wait_sentence(slowed.seconds)]
        else:
            if changed:
                identity.set_token(identity.DESK, None)
                return render_template("desk/password_changed.html")
            add_error(form.old, "wrong_password")
    return _page(password_form=form), 422


@blueprint.post("/settings/sign-out-everywhere")
def sign_out_everywhere() -> ResponseReturnValue:
    """End all sessions of this member."""
    with writing() as ctx:
        accounts.sign_out_everywhere(ctx)
    identity.set_token(identity.DESK, None)
    return redirect(url_for("desk.sign_in"), 303)


@blueprint.route("/undertaking", methods=["GET", "POST"])
def undertaking() -> ResponseReturnValue:
    """Read the promise that nobody is punished for a report, and give it."""
    form = UndertakingForm()
    if form.validate_on_submit():
        with writing() as ctx:
            accounts.accept_undertaking(ctx)
        return redirect(url_for("desk.start"), 303)
    with reading() as ctx:
        account = accounts.own_account(ctx)
    page = render_template("desk/undertaking.html", form=form, account=account)
    return page, 422 if form.errors else 200


@blueprint.app_errorhandler(UndertakingMissing)
def promise_first(_error: UndertakingMissing) -> ResponseReturnValue:
    """Whoever has not promised to protect people who report is asked to before they see any case."""
    return redirect(url_for("desk_settings.undertaking"), 303)


def _page(language_form: LanguageForm | None = None, password_form: PasswordForm | None = None) -> str:
    with reading() as ctx:
        account = accounts.own_account(ctx)
    return render_template(
        "desk/settings.html",
        account=account,
        language_form=language_form or _with_choices(LanguageForm(formdata=None, language=account.language)),
        password_form=password_form or PasswordForm(formdata=None),
    )


def _with_choices(form: LanguageForm) -> LanguageForm:
    form.language.choices = [(link["code"], link["name"]) for link in language_links()]
    return form
