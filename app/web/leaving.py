"""Leaving at once: sessions end, the browser is told to forget, and a page that says nothing takes over."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from app.web.headers import forget_everything
from app.web.identity import end_reporter_sessions


def leave_now() -> Response:
    """End the draft and the case session of this browser and go to the blank page."""
    end_reporter_sessions()
    return forget_everything(redirect(url_for("public.blank"), 303))
