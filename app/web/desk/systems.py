"""The systems of an organisation: the list, each with its chain drawn, and the forms that change them."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.errors import InvalidInput
from app.domain.ids import Role
from app.domain.systems import Relation
from app.services import systems
from app.web.desk import graph
from app.web.desk.system_forms import KINDS, RELATIONS, LinkForm, SystemForm, filled
from app.web.unit import portal, reading, writing

blueprint = Blueprint("desk_systems", __name__, url_prefix="/<lang>/desk/systems")

MOST_DRAWN = 40
MOST_LISTED = 100


@blueprint.get("")
def index() -> str:
    """The systems that the member's organisation looks after."""
    with reading() as ctx:
        page = systems.list_systems(ctx, request.args.get("after"))
    return render_template("desk/systems/index.html", page=page, kinds=KINDS)


@blueprint.route("/add", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    """List one more system."""
    form = SystemForm()
    if form.validate_on_submit():
        try:
            with writing() as ctx:
                system_id = systems.add(ctx, form.facts())
            return redirect(url_for("desk_systems.show", system_id=system_id), 303)
        except InvalidInput as error:
            _explain(form, error)
    return _form(form, names_operator=_is_host()), 422 if form.errors else 200


@blueprint.get("/<system_id>")
def show(system_id: str) -> str:
    """One system with its place in the value chain, drawn and as a table."""
    with reading() as ctx:
        system = systems.show(ctx, system_id)
        chain = systems.picture_of(ctx, system_id, MOST_DRAWN)
        edges = systems.edges_of(ctx, tuple(chain.systems), MOST_LISTED)
    return render_template(
        "desk/systems/show.html",
        system=system,
        chain=chain,
        edges=edges,
        drawing=graph.draw(tuple(chain.systems), [(down, up) for down, _, up in chain.edges]),
        **_words(),
    )


@blueprint.route("/<system_id>/change", methods=["GET", "POST"])
def change(system_id: str) -> ResponseReturnValue:
    """Change what is listed about a system."""
    with reading() as ctx:
        system = systems.show(ctx, system_id)
    form = SystemForm(data=filled(system.facts))
    if form.validate_on_submit():
        try:
            with writing() as ctx:
                systems.change(ctx, system_id, form.facts())
            return redirect(url_for("desk_systems.show", system_id=system_id), 303)
        except InvalidInput as error:
            _explain(form, error)
    shown = _form(form, names_operator=bool(system.facts.operator), system=system)
    return shown, 422 if form.errors else 200


@blueprint.route("/<system_id>/remove", methods=["GET", "POST"])
def remove(system_id: str) -> ResponseReturnValue:
    """Take a system off the list, after asking once."""
    if request.method == "POST":
        with writing() as ctx:
            systems.remove(ctx, system_id)
        return redirect(url_for("desk_systems.index"), 303)
    with reading() as ctx:
        system = systems.show(ctx, system_id)
    return render_template("desk/systems/remove.html", system=system)


@blueprint.route("/<system_id>/link", methods=["GET", "POST"])
def link(system_id: str) -> ResponseReturnValue:
    """Look for another system and say how this one rests on it."""
    wanted = request.args.get("q", "")
    with reading() as ctx:
        system = systems.show(ctx, system_id)
        found = [each for each in systems.search(ctx, wanted) if each.id != system_id]
    form = LinkForm()
    form.upstream.choices = [(each.id, f"{each.name} ({each.operator})") for each in found]
    if form.validate_on_submit():
        with writing() as ctx:
            systems.put(ctx, system_id, form.upstream.data, Relation(form.relation.data))
        return redirect(url_for("desk_systems.show", system_id=system_id), 303)
    shown = render_template("desk/systems/link.html", system=system, form=form, wanted=wanted, found=found)
    return shown, 422 if form.errors else 200


@blueprint.post("/<system_id>/cut/<edge_id>")
def cut(system_id: str, edge_id: str) -> ResponseReturnValue:
    """Take back that this system rests on another."""
    with writing() as ctx:
        systems.cut(ctx, system_id, edge_id)
    return redirect(url_for("desk_systems.show", system_id=system_id), 303)


def _form(form: SystemForm, names_operator: bool, system: systems.SystemSeen | None = None) -> str:
    return render_template("desk/systems/form.html", form=form, names_operator=names_operator, system=system)


def _explain(form: SystemForm, error: InvalidInput) -> None:
    """Only the operator can still be wrong once the form itself is in order."""
    if error.code != "operator":
        raise error
    form.operator.errors = [gettext("Please say who runs this system.")]


def _is_host() -> bool:
    return Role.CASEWORKER in g.actor.roles


def _words() -> dict[str, Any]:
    sizes = {"box_width": graph.BOX_WIDTH, "box_height": graph.BOX_HEIGHT}
    return {
        "kinds": KINDS,
        "relations": RELATIONS,
        "roles": portal().reference.roles,
        "shortened": graph.shortened,
        **sizes,
    }
