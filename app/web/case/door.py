"""In with the code, out with one button."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from wtforms import StringField
from wtforms.validators import DataRequired

from app.domain.errors import InvalidInput, NotFound
from app.services import reporters, sessions
from app.web import identity
from app.web.case.sentences import CODE_ERRORS
from app.web.forms import Form
from app.web.headers import forget_everything
from app.web.unit import writing

blueprint = Blueprint("case", __name__, url_prefix="/<lang>")


class CodeForm(Form):
    """One field: the code, in any script's digits, with or without spaces."""

    code = StringField(
        lazy_gettext("Your case code"),
        [DataRequired()],
        description=lazy_gettext("28 digits in seven groups. Spaces do not matter."),
    )


@blueprint.route("/case", methods=["GET", "POST"])
def enter() -> ResponseReturnValue:
    """Ask for the code; whoever is in already goes straight to the case."""
    form = CodeForm()
    if request.method == "GET" and identity.load_reporter():
        return redirect(url_for("case_page.show"), 303)
    if form.validate_on_submit():
        problem = _enter(str(form.code.data))
        if problem is None:
            return redirect(url_for("case_page.show"), 303)
        form.code.errors = [CODE_ERRORS[problem]]
    return render_template("case/enter.html", form=form), 422 if form.errors else 200


@blueprint.post("/case/close")
def close() -> ResponseReturnValue:
    """End the session and go to the first page."""
    identity.end_reporter_sessions()
    return forget_everything(redirect(url_for("public.home"), 303))


def _enter(typed: str) -> str | None:
    """Set the cookie of a new session and give None, or give the reason why the code opened nothing."""
    before = identity.token(identity.CASE)
    try:
        with writing() as ctx:
            token = reporters.enter(ctx, typed)
            if before is not None:
                sessions.end_session(ctx, before)
    except InvalidInput as typo:
        return typo.code
    except NotFound:
        return "unknown"
    identity.set_token(identity.CASE, token)
    return None
