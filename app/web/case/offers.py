"""An offer: reading it in peace, getting advice, accepting it, asking for changes, refusing."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from app.domain.answers import NoThanks
from app.domain.errors import NotFound
from app.domain.ids import Action
from app.services import answers, messages
from app.services.case_parties import PartyView
from app.services.case_view import CaseView
from app.services.context import Context
from app.services.offers import OfferView
from app.web.case.acting import CaseForm, load, own_case, show, taken, to_case
from app.web.case.sentences import NO_THANKS, choices

blueprint = Blueprint("case_offers", __name__, url_prefix="/<lang>/case")


class AcceptForm(CaseForm):
    """A tick of one's own, so that no single press accepts."""

    agree = BooleanField(
        lazy_gettext("Yes, I accept this offer. I had the time that I needed, and nobody pushes me."),
        [DataRequired()],
    )


class AdviceForm(CaseForm):
    """Only a button: the person says that they got advice."""


class DeclineForm(CaseForm):
    """Which of the two ways, and what the company should know."""

    how = RadioField(lazy_gettext("What do you want to do?"), [InputRequired()], choices=choices(NO_THANKS))
    text = TextAreaField(
        lazy_gettext("What is missing, or why it does not fit"),
        [Length(max=messages.LONGEST)],
        description=lazy_gettext("The company reads this. If you refuse, you may leave it empty."),
    )


@blueprint.route("/offers/<offer_id>", methods=["GET", "POST"])
def offer(offer_id: str) -> ResponseReturnValue:
    """The whole offer, and accepting it."""
    form = AcceptForm()
    accepted = taken(form, lambda ctx: answers.agree(ctx, own_case(ctx), offer_id), "accepted")
    if accepted is not None:
        return accepted
    case = load()
    party, found = _find(case, offer_id)
    return show("offer", form, case=case, party=party, offer=found)


@blueprint.post("/offers/<offer_id>/advice")
def advice(offer_id: str) -> ResponseReturnValue:
    """Note that the person got independent advice."""
    noted = taken(AdviceForm(), lambda ctx: answers.record_advice(ctx, own_case(ctx), offer_id), "advice")
    return noted or to_case("not_now")


@blueprint.route("/parties/<party_id>/decline", methods=["GET", "POST"])
def decline(party_id: str) -> ResponseReturnValue:
    """Ask for changes, or refuse."""
    form = DeclineForm()

    def step(ctx: Context) -> None:
        answers.reject(ctx, own_case(ctx), party_id, NoThanks(form.how.data), str(form.text.data))

    declined = taken(form, step, "declined")
    if declined is not None:
        return declined
    case = load()
    party = case.party(party_id)
    if Action.REJECT not in party.actions and not form.is_submitted():
        return to_case("not_now")
    return show("decline", form, case=case, party=party, offer=party.offer)


def _find(case: CaseView, offer_id: str) -> tuple[PartyView, OfferView]:
    for party in case.parties:
        for each in party.offers:
            if each.id == offer_id:
                return party, each
    raise NotFound("offer")
