"""A case at the desk: its page, and a page for each act that is offered on it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from app.domain.desk import Offered
from app.domain.errors import (
    IllegalTransition,
    InvalidInput,
    NotFound,
    RecourseError,
)
from app.services import desk_case, messages, notes, opening, situation
from app.services.desk_case import DeskCase
from app.web.desk import words
from app.web.desk.acts import PAGES, Page
from app.web.desk.host_forms import LONGEST
from app.web.desk.party_forms import add_item, point_label, wants_more
from app.web.desk.refusals import put_errors
from app.web.forms import Form
from app.web.unit import portal, reading, writing

blueprint = Blueprint("desk_case", __name__, url_prefix="/<lang>/desk/cases/<reference>")


class WriteForm(Form):
    """A message or a note."""

    text = TextAreaField(lazy_gettext("Your text"), [DataRequired(), Length(max=LONGEST)])


@blueprint.get("")
def show(reference: str) -> ResponseReturnValue:
    """Everything that this member may know of the case, and what they can do."""
    return _page(_open(reference))


@blueprint.post("/message")
def message(reference: str) -> ResponseReturnValue:
    """Write to the person, in the conversation that the form belongs to."""
    form = WriteForm(prefix="message")
    party_id = request.form.get("party") or None
    if form.validate_on_submit():
        try:
            with writing() as ctx:
                found = opening.find_case(ctx, reference, lock=True)
                messages.write(ctx, found.case.id, party_id, str(form.text.data))
            return redirect(url_for("desk_case.show", reference=reference), 303)
        except IllegalTransition:
            put_errors(form, IllegalTransition("thread_silent"), form.text)
        except InvalidInput as refusal:
            put_errors(form, refusal, form.text)
    return _page(_open(reference), message_form=form, writing_to=party_id), 422


@blueprint.post("/note")
def note(reference: str) -> ResponseReturnValue:
    """Add an internal note, which the person harmed cannot read."""
    form = WriteForm(prefix="note")
    if form.validate_on_submit():
        try:
            with writing() as ctx:
                found = opening.open_found(ctx, opening.find_case(ctx, reference, lock=True))
                notes.write(ctx, found, str(form.text.data))
            return redirect(url_for("desk_case.show", reference=reference), 303)
        except InvalidInput as refusal:
            put_errors(form, refusal, form.text)
    return _page(_open(reference), note_form=form), 422


@blueprint.route("/do/<act>", methods=["GET", "POST"])
@blueprint.route("/do/<act>/<party_id>", methods=["GET", "POST"])
def do(reference: str, act: str, party_id: str | None = None) -> ResponseReturnValue:
    """Ask what an act requires, and do it."""
    page = PAGES.get(act)
    if page is None:
        raise NotFound("act")
    case = _open(reference)
    if Offered(act, party_id) not in case.actions:
        return _moved_on(case)
    form = page.form(case, party_id)
    if wants_more():
        add_item(form)
    elif form.validate_on_submit():
        try:
            _perform(reference, (act, party_id), page, case, form)
            return redirect(url_for("desk_case.show", reference=reference), 303)
        except IllegalTransition:
            return _moved_on(case)
        except RecourseError as refusal:
            put_errors(form, refusal)
    status = 422 if request.method == "POST" and not wants_more() else 200
    context = {"case": case, "form": form, "act": act, "page": page, "party": case.party(party_id)}
    return render_template(page.template, **context, **_words()), status


def _perform(reference: str, offered: tuple[str, str | None], page: Page, case: DeskCase, form: Form) -> None:
    with writing() as ctx:
        found = opening.find_case(ctx, reference, lock=True)
        situation.require_offered(ctx, found, *offered)
        page.perform(ctx, opening.open_found(ctx, found), case, offered[1] or "", form)


def _open(reference: str) -> DeskCase:
    """The case, after writing down that this member opens it."""
    with writing() as ctx:
        found = opening.record_opening(ctx, reference)
    with reading() as ctx:
        return desk_case.read(ctx, found)


def _page(
    case: DeskCase,
    message_form: WriteForm | None = None,
    note_form: WriteForm | None = None,
    writing_to: str | None = None,
) -> str:
    return render_template(
        "desk/case/show.html",
        case=case,
        message_form=message_form or WriteForm(formdata=None, prefix="message"),
        note_form=note_form or WriteForm(formdata=None, prefix="note"),
        writing_to=writing_to,
        **_words(),
    )


def _moved_on(case: DeskCase) -> ResponseReturnValue:
    """The case changed meanwhile: what was typed is shown, so that it can be copied."""
    typed = [value for name, value in request.form.items() if name != "csrf_token" and len(value) > 1]
    return render_template("desk/case/moved_on.html", case=case, typed=typed), 409


def _words() -> dict[str, object]:
    return {"reference": portal().reference, "words": words, "point_label": point_label}
