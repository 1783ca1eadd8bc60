"""Checking a filing receipt, for whoever was handed one, and the key with which others can check it."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import FileField, TextAreaField

from app.domain.errors import InvalidInput
from app.services import receipts
from app.web.forms import Form
from app.web.unit import portal

blueprint = Blueprint("receipts", __name__, url_prefix="/<lang>/receipt")


class ReceiptForm(Form):
    """The receipt's text, pasted or as the file that was downloaded."""

    text = TextAreaField(lazy_gettext("Paste the text of the receipt"))
    file = FileField(lazy_gettext("Or choose the file"))


@blueprint.get("")
def ask() -> str:
    """A place for the receipt."""
    return render_template("receipts/check.html", form=ReceiptForm(), day=None)


@blueprint.post("")
def check() -> ResponseReturnValue:
    """Whether this portal signed it, and for which day."""
    form = ReceiptForm()
    if form.validate_on_submit():
        try:
            day = receipts.filed_on(portal(), form.text.data or _text_of_file())
        except InvalidInput:
            form.text.errors = [
                gettext("This is not a receipt of this portal, or something in it was changed.")
            ]
        else:
            return render_template("receipts/check.html", form=form, day=day)
    return render_template("receipts/check.html", form=form, day=None), 422


@blueprint.get("/key")
def key() -> Response:
    """The public key as plain text."""
    return Response(receipts.published_key(portal()) + "\n", mimetype="text/plain")


def _text_of_file() -> str:
    sent = request.files.get("file")
    read: bytes = sent.stream.read(receipts.LONGEST_RECEIPT + 1) if sent else b""
    return read.decode("utf-8", "replace")
