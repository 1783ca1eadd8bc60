"""What every form of the case page shares: take a step, go back to the case, or keep what was typed."""

from collections.abc import Callable

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString

from app.domain.errors import Conflict, IllegalTransition, InvalidInput, RequirementsMissing
from app.services import case_view
from app.services.case_view import CaseView
from app.services.context import Context
from app.web.case import sentences
from app.web.case.sentences import refusal_sentence
from app.web.forms import Form
from app.web.report import sentences as shared
from app.web.unit import portal, reading, writing

REFUSED = (Conflict, IllegalTransition, InvalidInput, RequirementsMissing)


class CaseForm(Form):
    """A form that can also say why the case did not allow the step."""

    refusal: LazyString | None = None


def own_case(ctx: Context) -> str:
    """The id of the case that the code opened."""
    return ctx.actor.case_id or ""


def taken(form: CaseForm, step: Callable[[Context], object], done: str) -> ResponseReturnValue | None:
    """Back to the case after the step; None if the form is to be shown, with what is wrong if it was sent."""
    if not form.validate_on_submit():
        return None
    try:
        with writing() as ctx:
            step(ctx)
    except REFUSED as refusal:
        form.refusal = refusal_sentence(refusal)
        return None
    return to_case(done)


def to_case(done: str) -> ResponseReturnValue:
    """Go to the case page, which says what was done."""
    return redirect(url_for("case_page.show", done=done), 303)


def load(last_messages: int | None = None) -> CaseView:
    """The whole case as its reporter sees it."""
    with reading() as ctx:
        return case_view.view(ctx, last_messages)


def show(template: str, form: CaseForm, **values: object) -> ResponseReturnValue:
    """A page of the case with its form; one that was sent in vain has the status 422."""
    page = render(template, form=form, **values)
    return (page, 422) if form.errors or form.refusal else page


def render(template: str, **values: object) -> str:
    """A page of the case, with the reference data and the sentences that it chooses from."""
    return render_template(
        f"case/{template}.html", reference=portal().reference, sentences=sentences, shared=shared, **values
    )
