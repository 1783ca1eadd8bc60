"""A manager's page: who belongs to the organisation, and inviting and disabling."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length

from app.domain.membership import ROLES_OF
from app.services import accounts, colleagues
from app.web.desk.fields import E_MAIL
from app.web.forms import Form
from app.web.unit import portal, reading, writing

blueprint = Blueprint("desk_members", __name__, url_prefix="/<lang>/desk/members")


class InviteForm(Form):
    """Whom to invite, and what they may do."""

    name = StringField(lazy_gettext("Name"), [DataRequired(), Length(max=200)])
    email = StringField(lazy_gettext("Work e-mail"), [DataRequired(), Length(max=254), E_MAIL])
    roles = SelectMultipleField(lazy_gettext("What they do here"), [DataRequired()])


@blueprint.get("")
def index() -> str:
    """Members and open invitations."""
    with reading() as ctx:
        people, invited = colleagues.members_of(ctx), colleagues.open_invitations(ctx)
        own = ctx.actor.member_id
    return render_template(
        "desk/members.html", people=people, invited=invited, own=own, names=portal().reference.people
    )


@blueprint.route("/invite", methods=["GET", "POST"])
def invite() -> ResponseReturnValue:
    """Invite somebody; the code is shown once, to be handed over in a safe way."""
    form = InviteForm()
    with reading() as ctx:
        kind = accounts.own_account(ctx).organisation_kind
    people = portal().reference.people
    form.roles.choices = [(str(role), gettext(people[role].name)) for role in ROLES_OF[kind]]
    if form.validate_on_submit():
        with writing() as ctx:
            code = colleagues.invite(ctx, str(form.name.data), str(form.email.data), form.roles.data or [])
        return render_template("desk/invitation.html", code=code, name=form.name.data, inside=True)
    return render_template("desk/invite.html", form=form), 422 if form.errors else 200


@blueprint.post("/invitations/<invitation_id>/cancel")
def cancel(invitation_id: str) -> ResponseReturnValue:
    """Make an invitation useless."""
    with writing() as ctx:
        colleagues.cancel_invitation(ctx, invitation_id)
    return redirect(url_for("desk_members.index"), 303)


@blueprint.route("/<member_id>/disable", methods=["GET", "POST"])
def disable(member_id: str) -> ResponseReturnValue:
    """Ask once more, then take a colleague's keys away and end their sessions."""
    form = Form()
    if form.validate_on_submit():
        with writing() as ctx:
            colleagues.disable_member(ctx, member_id)
        return redirect(url_for("desk_members.index"), 303)
    with reading() as ctx:
        member = colleagues.get_colleague(ctx, member_id)
    return render_template("desk/disable.html", form=form, member=member)
