"""What happens when a form's token is missing or too old."""

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from app.web.carry import came_from_this_site, carry_on
from app.web.errors import error_page
from app.web.leaving import leave_now


def init_app(app: Flask) -> None:
    """Answer late forms with a way on instead of an error."""
    app.register_error_handler(CSRFError, late_form)


def late_form(_error: Exception) -> ResponseReturnValue:
    """Our own pages' late forms can be sent again; leaving works at once; anything else is refused."""
    if not came_from_this_site():
        return error_page("form"), 400
    if request.endpoint == "public.leave":
        return leave_now()
    return carry_on(), 400
