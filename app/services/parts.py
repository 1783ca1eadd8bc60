"""Sealed pieces of writing: one row each, in the order in which they were written."""

from sqlalchemy import func, select

from app.models import Part
from app.models.types import new_id
from app.services import vault
from app.services.context import ActorKind, Context
from app.services.vault import OpenCompartment


def add_part(ctx: Context, within: OpenCompartment, kind: str, text: str) -> Part:
    """Seal a text of this actor into a compartment and return its row."""
    last = ctx.session.scalar(select(func.max(Part.number)).where(Part.case_id == within.case_id))
    part = new_part(ctx, within, kind, text, (last or 0) + 1)
    ctx.session.flush()
    return part


def new_part(ctx: Context, within: OpenCompartment, kind: str, text: str, number: int) -> Part:
    """The same for a caller that knows the part's number in its case; nothing is looked up."""
    part = Part(id=new_id(), case_id=within.case_id, compartment_id=within.id, kind=kind)
    part.number, part.written_on = number, ctx.today
    part.by = "reporter" if ctx.actor.kind is ActorKind.REPORTER else "organisation"
    part.organisation_id, part.member_id = ctx.actor.organisation_id, ctx.actor.member_id
    part.body = vault.seal_in(within.key, part, "body", text)
    ctx.session.add(part)
    return part
