"""Whose a system is: its operator's own people edit it; the host does for operators not reached here."""

from sqlalchemy import ColumnElement, select, true

from app.domain.errors import InvalidInput, NotFound
from app.domain.permissions import Permission, require
from app.models import Organisation, System
from app.services import audit
from app.services.context import Context

HOST = "host"


def require_editor(ctx: Context) -> Organisation:
    """The organisation for which the actor may edit systems; raises NotAllowed."""
    organisation_id, _member = ctx.actor.require_member()
    require(ctx.actor.roles, Permission.SYSTEM_EDIT)
    return ctx.session.get_one(Organisation, organisation_id)


def may_edit(editor: Organisation, system: System) -> bool:
    """Whether this organisation's editors may change this system."""
    return system.organisation_id == editor.id or (editor.kind == HOST and system.organisation_id is None)


def seen_by(organisation: Organisation) -> ColumnElement[bool]:
    """Which systems this organisation's people look at on their own pages: the host at all."""
    return true() if organisation.kind == HOST else System.organisation_id == organisation.id


def get_editable(ctx: Context, system_id: str) -> tuple[Organisation, System]:
    """The editor's organisation and the system, locked until the transaction ends; raises NotFound."""
    editor = require_editor(ctx)
    query = select(System).where(System.id == system_id, System.removed_on.is_(None)).with_for_update()
    system = ctx.session.scalars(query).first()
    if system is None or not may_edit(editor, system):
        raise NotFound("system")
    return editor, system


def operate(editor: Organisation, system: System, named: str) -> None:
    """Note on a new or changed system who operates it; only the host may name somebody not reached here.

    Raises InvalidInput (`operator`). Changing a system never changes whose it is.
    """
    new = system.operator_name is None
    unreached = bool(named) if new else system.organisation_id is None
    if bool(named) != unreached or (unreached and editor.kind != HOST):
        raise InvalidInput("operator")
    system.organisation_id = None if unreached else editor.id
    system.operator_name = named or editor.name


def note(ctx: Context, editor: Organisation, verb: str, subject: str, **facts: str) -> None:
    """Write the audit row of a change to the list, in the chain of who made it."""
    audit.record(ctx, audit.organisation_chain(editor.id), f"organisation:system:{verb}", subject, **facts)
