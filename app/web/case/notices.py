"""Word of news by e-mail: off unless the person asks for it, and easy to take away."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, Length

from app.services import notices
from app.services.context import Context
from app.web.case.acting import CaseForm, load, own_case, show, taken, to_case
from app.web.languages import language

blueprint = Blueprint("case_notices", __name__, url_prefix="/<lang>/case/notices")


class AddressForm(CaseForm):
    """An address, and that the risk was read."""

    email = StringField(lazy_gettext("E-mail address"), [DataRequired(), Length(max=250)])
    understood = BooleanField(
        lazy_gettext("I have read what others may find out, and I want this."), [DataRequired()]
    )


class RemoveForm(CaseForm):
    """Only a button."""


@blueprint.route("", methods=["GET", "POST"])
def ask() -> ResponseReturnValue:
    """Give an address, with the risk said first."""
    form = AddressForm()

    def step(ctx: Context) -> None:
        notices.set_address(ctx, own_case(ctx), str(form.email.data), language())

    return taken(form, step, "notices") or show("notices", form, case=load())


@blueprint.post("/remove")
def remove() -> ResponseReturnValue:
    """Forget the address."""
    gone = taken(RemoveForm(), lambda ctx: notices.remove_address(ctx, own_case(ctx)), "no_notices")
    return gone or to_case("not_now")
