"""Organisations: entered by the operator, set up by their first manager, who alone sees the recovery kit."""

from dataclasses import dataclass, field

from sqlalchemy import select

from app.crypto import aead, boxes, recovery
from app.domain.errors import Conflict, NotFound
from app.models import Organisation
from app.models.types import new_id
from app.services import audit
from app.services.context import Context

KINDS = ("host", "respondent", "civil_society", "independent")


@dataclass(frozen=True)
class Founding:
    """Keys of an organisation that was just set up; the kit is shown once and kept nowhere."""

    kit: str = field(repr=False)
    private_key: bytes = field(repr=False)


def enter_organisation(ctx: Context, name: str, kind: str) -> str:
    """Add an organisation that has no keys yet and return its id; it takes part once it is set up.

    A portal has one host; raises Conflict (`host_exists`) for a second one.
    """
    if kind == "host" and ctx.session.scalar(select(Organisation.id).where(Organisation.kind == kind)):
        raise Conflict("host_exists")
    row = Organisation(
        id=new_id(),
        name=name,
        kind=kind,
        takes_part=False,
        public_key=None,
        sealed_key=None,
        joined_on=ctx.today,
    )
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, audit.organisation_chain(row.id), "organisation:self:entered", row.id, kind=kind)
    return row.id


def found(ctx: Context, organisation_id: str) -> Founding:
    """Make an organisation's key pair and recovery kit; it takes part from now on.

    Raises Conflict (`already_founded`) if it has keys: new ones would lock its members out of its cases.
    """
    locked = select(Organisation).where(Organisation.id == organisation_id).with_for_update()
    row = ctx.session.scalars(locked.execution_options(populate_existing=True)).one()
    if row.public_key is not None:
        raise Conflict("already_founded")
    pair, kit = boxes.new_key_pair(), recovery.new_recovery_kit()
    row.public_key = pair.public
    row.sealed_key = aead.seal(recovery.kit_key(kit), pair.private, _kit_place(row.id))
    row.takes_part = True
    audit.record(ctx, audit.organisation_chain(row.id), "organisation:keys:founded", row.id)
    return Founding(kit, pair.private)


def open_with_kit(ctx: Context, organisation_id: str, kit: str) -> bytes:
    """The organisation's private key; raises KitTypo for a mistyped kit and CannotOpen for a wrong one."""
    row = get_organisation(ctx, organisation_id)
    if row.sealed_key is None:
        raise NotFound("organisation_keys")
    return aead.open_sealed(recovery.kit_key(kit), row.sealed_key, _kit_place(row.id))


def get_organisation(ctx: Context, organisation_id: str) -> Organisation:
    """The organisation's row; raises NotFound."""
    row = ctx.session.get(Organisation, organisation_id)
    if row is None:
        raise NotFound("organisation")
    return row


def any_entered(ctx: Context) -> bool:
    """Whether this portal has been given its first organisation."""
    return ctx.session.scalar(select(Organisation.id).limit(1)) is not None


def get_host(ctx: Context) -> Organisation:
    """The organisation that runs this portal; raises NotFound before it is set up."""
    query = select(Organisation).where(Organisation.kind == "host", Organisation.public_key.is_not(None))
    row = ctx.session.scalars(query.limit(1)).first()
    if row is None:
        raise NotFound("host")
    return row


def _kit_place(organisation_id: str) -> aead.Place:
    return aead.Place("organisation", "sealed_key", organisation_id, "")
