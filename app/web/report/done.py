"""After sending: the code to keep, the receipt, and what happens next."""

import io

import segno
from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from wtforms import StringField
from wtforms.validators import Length

from app.services import drafts, filing
from app.services.filing import Filed
from app.web import identity
from app.web.forms import Form
from app.web.report import flow
from app.web.report.flow import blueprint
from app.web.unit import portal, reading, writing

# What a person waits for first; the other time limits are on their case page.
TOLD = frozenset({"safety_screening", "acknowledge", "admissibility"})
MOST_ROUTES = 4
WRONG = lazy_gettext("These are not the last four digits. Please compare them with the code above.")


class LastGroupForm(Form):
    """Proof that the code was written down: its last four digits."""

    last_group = StringField(lazy_gettext("Type the last four digits of your code"), [Length(max=40)])


@blueprint.get("/done")
def done() -> ResponseReturnValue:
    """The code in seven groups, big, and all that comes with it."""
    filed = _filed()
    return _render(filed, LastGroupForm()) if filed else redirect(url_for("report.none_open"), 303)


@blueprint.post("/done")
def check() -> ResponseReturnValue:
    """Whether the last group was written down right; the report is filed either way."""
    filed, form = _filed(), LastGroupForm()
    if filed is None:
        return redirect(url_for("report.none_open"), 303)
    if form.validate_on_submit() and filed.is_last_group(form.last_group.data or ""):
        return _render(filed, LastGroupForm(formdata=None), right=True)
    form.last_group.errors = [str(WRONG)]
    return _render(filed, form), 422


@blueprint.get("/done/receipt.txt")
def receipt() -> ResponseReturnValue:
    """The signed receipt as a file."""
    filed = _filed()
    if filed is None:
        return redirect(url_for("report.none_open"), 303)
    headers = {"Content-Disposition": f'attachment; filename="receipt-{filed.reference}.txt"'}
    return Response(filed.receipt, mimetype="text/plain", headers=headers)


@blueprint.get("/done/address.png")
def address() -> Response:
    """The address of this portal as a QR code; the code of the case is never in it."""
    out = io.BytesIO()
    segno.make(portal().settings.base_url, micro=False).save(out, kind="png", scale=6, border=4)
    return Response(out.getvalue(), mimetype="image/png")


@blueprint.post("/done/finish")
def finish() -> ResponseReturnValue:
    """Take the code off this browser once it was kept elsewhere."""
    with writing() as ctx:
        drafts.end(ctx, flow.draft_token())
    identity.set_token(identity.DRAFT, None)
    return redirect(url_for("case.enter"), 303)


def _filed() -> Filed | None:
    with reading() as ctx:
        return filing.find_filed(ctx, flow.draft_token())


def _render(filed: Filed, form: LastGroupForm, right: bool = False) -> str:
    reference = portal().reference
    with reading() as ctx:
        coming = [each for each in filing.what_comes(ctx, filed) if each.id in TOLD]
    routes = [
        route
        for route in reference.routes_for(filed.harms, (), filed.flags)
        if reference.route_kinds[route.kind].urgent or not route.always
    ]
    return render_template(
        "report/done.html",
        filed=filed,
        form=form,
        right=right,
        coming=[(reference.deadlines[each.id].name, each.due_on) for each in coming],
        routes=routes[:MOST_ROUTES],
        base_url=portal().settings.base_url,
    )
