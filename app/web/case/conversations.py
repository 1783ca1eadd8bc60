"""Talking: a conversation with each company and one with the host, and answers to the host's questions."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from app.domain.ids import Action
from app.services import course, messages
from app.web.case.acting import CaseForm, load, own_case, show, taken, to_case

blueprint = Blueprint("case_talk", __name__, url_prefix="/<lang>/case")

HOST = "host"


class MessageForm(CaseForm):
    """One text."""

    text = TextAreaField(lazy_gettext("Your message"), [DataRequired(), Length(max=messages.LONGEST)])


class AnswerForm(CaseForm):
    """The answer to a question."""

    text = TextAreaField(lazy_gettext("Your answer"), [DataRequired(), Length(max=messages.LONGEST)])


@blueprint.route("/messages/<party_id>", methods=["GET", "POST"])
def thread(party_id: str) -> ResponseReturnValue:
    """A whole conversation, with a place to write; `host` is the one with this portal."""
    form, to = MessageForm(), None if party_id == HOST else party_id
    sent = taken(form, lambda ctx: messages.write(ctx, own_case(ctx), to, str(form.text.data)), "message")
    if sent is not None:
        return sent
    case = load()
    party = case.party(to) if to else None
    return show("thread", form, case=case, party=party, thread=party.thread if party else case.thread)


@blueprint.route("/answer", methods=["GET", "POST"])
def answer() -> ResponseReturnValue:
    """Answer what the host asked."""
    form = AnswerForm()
    sent = taken(form, lambda ctx: course.give_info(ctx, own_case(ctx), str(form.text.data)), "answered")
    if sent is not None:
        return sent
    case = load()
    if Action.INFO_GIVEN not in case.actions and not form.is_submitted():
        return to_case("not_now")
    return show("answer", form, case=case)
