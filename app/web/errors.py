"""Pages for when something went wrong: what happened and what to do, in the reader's language."""

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from werkzeug.exceptions import HTTPException

from app.domain.errors import NotAllowed, NotFound

# code -> (what happened, what to do)
TEXTS = {
    "400": (
        lazy_gettext("We could not read that request"),
        lazy_gettext("Please go back and try once more."),
    ),
    "404": (
        lazy_gettext("We could not find that page"),
        lazy_gettext(
            "The address may be mistyped, or the page is not open to you. Nothing that you sent is lost."
        ),
    ),
    "405": (
        lazy_gettext("That did not work"),
        lazy_gettext("Please go back to the page before and use its button."),
    ),
    "413": (
        lazy_gettext("That was too big to send"),
        lazy_gettext("Please go back and send fewer or smaller files. You can add more of them later."),
    ),
    "429": (
        lazy_gettext("Please wait a moment"),
        lazy_gettext(
            "There were many tries in a short time. Wait one minute, then try again. Nothing is lost."
        ),
    ),
    "500": (
        lazy_gettext("Something broke on our side"),
        lazy_gettext(
            "It was not your fault. Try again in a few minutes. What you saved before is still there."
        ),
    ),
    "form": (
        lazy_gettext("We could not accept that form"),
        lazy_gettext(
            "Go back to the page before, reload it, and send it again. This protects you from other sites."
        ),
    ),
}


def init_app(app: Flask) -> None:
    """Give every refusal and every fault a plain page."""
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(NotFound, show_missing)
    app.register_error_handler(NotAllowed, show_missing)


def error_page(kind: str) -> str:
    """The page for one kind of error; a kind without a text of its own gets that of a bad request."""
    title, advice = TEXTS.get(kind, TEXTS["400"])
    return render_template("errors/error.html", title=title, advice=advice)


def show_http_error(error: HTTPException) -> ResponseReturnValue:
    """The error's own status and headers, with our page as its text."""
    response = error.get_response()
    if response.status_code < 400:
        return response
    response.data = error_page(str(error.code))
    response.content_type = "text/html; charset=utf-8"
    return response


def show_missing(_error: Exception) -> ResponseReturnValue:
    """What an actor may not see looks the same as what does not exist."""
    return error_page("404"), 404
