"""Who may read what: choosing a company, seeing exactly what it would see, agreeing, taking it back."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from wtforms import BooleanField, SelectMultipleField
from wtforms.validators import DataRequired

from app.domain.errors import InvalidInput
from app.services import consent_preview, consents, proposals
from app.services.case_view import CaseView
from app.services.context import Context
from app.web.case.acting import CaseForm, load, own_case, show, taken, to_case
from app.web.case.sentences import REFUSALS
from app.web.languages import language
from app.web.report.sentences import COVERS, reasons
from app.web.unit import reading

blueprint = Blueprint("case_sharing", __name__, url_prefix="/<lang>/case/sharing")


class CoversForm(CaseForm):
    """What to share; it is sent by GET, because nothing happens yet."""

    covers = SelectMultipleField(lazy_gettext("What may it see?"), [DataRequired()])


class AgreeForm(CaseForm):
    """The agreement, with a tick of one's own."""

    agree = BooleanField(
        lazy_gettext("I agree that it may read exactly this, to answer me and to put things right."),
        [DataRequired()],
    )


class ButtonForm(CaseForm):
    """Only a button."""


@blueprint.get("")
def choose() -> ResponseReturnValue:
    """The companies of the case and those that could put it right, with the reasons."""
    case = load()
    with reading() as ctx:
        proposed = proposals.propose(ctx, case.system_id, case.harms).parties
    known = {party.organisation_id for party in case.parties}
    others = [(party, reasons(party)) for party in proposed if party.organisation_id not in known]
    return show("sharing", ButtonForm(), case=case, others=others)


@blueprint.route("/<organisation_id>", methods=["GET", "POST"])
def share(organisation_id: str) -> ResponseReturnValue:
    """First what to share, then the preview with the agreement."""
    covers = request.args.getlist("covers")
    if not covers:
        return _ask(organisation_id, "asked" in request.args)
    form = AgreeForm()

    def step(ctx: Context) -> None:
        consents.give(ctx, own_case(ctx), organisation_id, covers, language())

    given = taken(form, step, "shared")
    return given or show("preview", form, case=load(), preview=_preview(organisation_id, covers))


@blueprint.route("/consents/<consent_id>/end", methods=["GET", "POST"])
def end(consent_id: str) -> ResponseReturnValue:
    """Take back what a company may read."""
    form = ButtonForm()
    ended = taken(form, lambda ctx: consents.withdraw(ctx, own_case(ctx), consent_id), "unshared")
    if ended is not None:
        return ended
    case = load()
    consent = next((each for each in case.consents if each.id == consent_id), None)
    if consent is None:
        abort(404)
    if not consent.living and not form.is_submitted():
        return to_case("not_now")
    return show("unshare", form, case=case, consent=consent)


def _ask(organisation_id: str, asked: bool) -> ResponseReturnValue:
    case = load()
    form = CoversForm(formdata=None, covers=_already(case, organisation_id))
    form.covers.choices = [(kind, COVERS[kind]) for kind in _shareable(case)]
    if asked:
        form.refusal = REFUSALS["covers"]
    return show("share", form, case=case, preview=_preview(organisation_id, ()))


def _preview(organisation_id: str, covers: list[str] | tuple[str, ...]) -> consent_preview.Preview:
    try:
        with reading() as ctx:
            return consent_preview.preview(ctx, organisation_id, covers)
    except InvalidInput:
        abort(404)


def _shareable(case: CaseView) -> list[str]:
    """What there is to share."""
    there = {
        "statement": case.content.statement is not None,
        "evidence": True,
        "identity": case.content.identity is not None,
    }
    return [kind for kind, is_there in there.items() if is_there]


def _already(case: CaseView, organisation_id: str) -> list[str]:
    """What the company may read today, as the answer to start from."""
    living = [each for each in case.consents if each.living and each.organisation_id == organisation_id]
    return [kind for each in living for kind in each.covers]
