"""The pages that anybody may read, and the way out."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.web.languages import language
from app.web.leaving import leave_now
from app.web.unit import portal

blueprint = Blueprint("public", __name__)


@blueprint.get("/")
def choose_language() -> ResponseReturnValue:
    """Send people to the home page in the language that their browser wishes for."""
    return redirect(url_for("public.home", lang=language()), 303)


@blueprint.get("/<lang>/")
def home() -> str:
    """What this is, what happens, and the two ways in."""
    return render_template("public/home.html")


@blueprint.get("/<lang>/rights")
def rights() -> str:
    """The rights that AI can harm, each with examples."""
    return render_template("public/rights.html", rights=portal().reference.rights)


@blueprint.get("/<lang>/routes")
def routes() -> str:
    """Help elsewhere, the most pressing first, with what each can and cannot give."""
    return render_template("public/routes.html", routes=portal().reference.routes)


@blueprint.get("/<lang>/safety")
def safety() -> str:
    """How people are protected, and what is not promised."""
    return render_template("public/safety.html")


@blueprint.get("/<lang>/how")
def how() -> str:
    """The steps of a case, with who acts and by when."""
    return render_template("public/how.html")


@blueprint.post("/<lang>/leave")
def leave() -> ResponseReturnValue:
    """Leave this page now: end what is open in this browser and show a page that says nothing."""
    return leave_now()


@blueprint.get("/blank")
def blank() -> str:
    """A page that names neither this portal nor its subject."""
    return render_template("public/blank.html", leave_url=portal().settings.leave_url)
