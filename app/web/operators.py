"""For whoever runs the portal: does the process live, and can it serve?"""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.db import is_reachable
from app.web.unit import portal

blueprint = Blueprint("operators", __name__)


@blueprint.get("/healthz")
def live() -> ResponseReturnValue:
    """The process answers."""
    return "ok\n", {"Content-Type": "text/plain"}


@blueprint.get("/readyz")
def ready() -> ResponseReturnValue:
    """The process and its database answer; 503 when the database does not."""
    reachable = is_reachable(portal().database)
    text, status = ("ready\n", 200) if reachable else ("the database does not answer\n", 503)
    return text, status, {"Content-Type": "text/plain"}
