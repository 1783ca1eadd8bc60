"""Each promise of an accepted offer: confirm that it was kept, or say what is missing."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from wtforms import RadioField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from app.domain.errors import NotFound
from app.services import deliveries, messages
from app.services.case_parties import PartyView
from app.services.context import Context
from app.services.offers import CommitmentView
from app.web.case.acting import CaseForm, load, own_case, show, taken, to_case
from app.web.case.sentences import SATISFACTION, choices

blueprint = Blueprint("case_promises", __name__, url_prefix="/<lang>/case/promises")


class ConfirmForm(CaseForm):
    """How the person feels about the result, which may be left out."""

    satisfaction = RadioField(
        lazy_gettext("How do you feel about the result?"),
        [Optional()],
        choices=choices(SATISFACTION),
        description=lazy_gettext("You may leave this out."),
    )


class DisputeForm(CaseForm):
    """What is missing."""

    text = TextAreaField(
        lazy_gettext("What is missing?"),
        [DataRequired(), Length(max=messages.LONGEST)],
        description=lazy_gettext("The company reads this and has to go on."),
    )


@blueprint.route("/<promise_id>", methods=["GET", "POST"])
def confirm(promise_id: str) -> ResponseReturnValue:
    """What was promised and what the company says; only the person makes it confirmed."""
    form = ConfirmForm()

    def step(ctx: Context) -> None:
        score = form.satisfaction.data
        deliveries.confirm(ctx, own_case(ctx), promise_id, int(score) if score else None)

    return taken(form, step, "confirmed") or _page("confirm", form, promise_id)


@blueprint.route("/<promise_id>/missing", methods=["GET", "POST"])
def dispute(promise_id: str) -> ResponseReturnValue:
    """Say what is missing; the company has to go on."""
    form = DisputeForm()

    def step(ctx: Context) -> None:
        deliveries.dispute(ctx, own_case(ctx), promise_id, str(form.text.data))

    return taken(form, step, "disputed") or _page("dispute", form, promise_id)


def _page(template: str, form: CaseForm, promise_id: str) -> ResponseReturnValue:
    case = load()
    party, promise = _find(case.parties, promise_id)
    if promise not in party.claimed and not form.is_submitted():
        return to_case("not_now")
    last = len(
        [each for each in (party.offer.commitments if party.offer else ()) if each.state != "confirmed"]
    )
    return show(template, form, case=case, party=party, promise=promise, is_last=last == 1)


def _find(parties: tuple[PartyView, ...], promise_id: str) -> tuple[PartyView, CommitmentView]:
    for party in parties:
        for offer in party.offers:
            for promise in offer.commitments:
                if promise.id == promise_id:
                    return party, promise
    raise NotFound("promise")
