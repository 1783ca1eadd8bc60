"""Everything written in a case, loaded in one statement and opened only where it is read."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from app.models import Member, Organisation, Part
from app.services import vault
from app.services.context import Context
from app.services.vault import OpenCompartment


@dataclass(frozen=True)
class Writing:
    """A sealed part with its author's names (None for the person harmed)."""

    part: Part
    within: OpenCompartment
    organisation: str | None
    member: str | None

    @property
    def text(self) -> str:
        """What was written; raises CannotOpen if it was moved or changed."""
        return vault.open_in(self.within.key, self.part, "body")


def load(ctx: Context, case_id: str, opened: Mapping[str, OpenCompartment]) -> tuple[Writing, ...]:
    """What lies in the open compartments, oldest first."""
    query = (
        select(Part, Organisation.name, Member.name)
        .outerjoin(Organisation, Organisation.id == Part.organisation_id)
        .outerjoin(Member, Member.id == Part.member_id)
        .where(Part.case_id == case_id, Part.compartment_id.in_(opened))
        .order_by(Part.number)
    )
    return tuple(_writing(opened[row[0].compartment_id], *row) for row in ctx.session.execute(query))


def _writing(within: OpenCompartment, part: Part, organisation: str | None, member: str | None) -> Writing:
    return Writing(part, within, organisation, member)
