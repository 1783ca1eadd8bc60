"""Where a signed-in member stands towards cases: of the host, or of another organisation bound by a promise.

Without the promise that nobody is punished for a report, people of a respondent see no case.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.domain.errors import NotFound, UndertakingMissing
from app.models import Member, Organisation
from app.services.context import Context


@dataclass(frozen=True)
class Standing:
    """The kind of the member's organisation, and the day of the undertaking."""

    kind: str
    undertaking_on: date | None

    def may_list(self) -> bool:
        """Whether it is the host's list; raises UndertakingMissing without the undertaking of others."""
        if self.kind != "host" and self.undertaking_on is None:
            raise UndertakingMissing
        return self.kind == "host"


def standing(ctx: Context) -> Standing:
    """Where the acting member stands; raises NotFound for one that is gone."""
    query = (
        select(Organisation.kind, Member.undertaking_on)
        .join(Member, Member.organisation_id == Organisation.id)
        .where(Member.id == ctx.actor.require_member()[1])
    )
    found = ctx.session.execute(query).first()
    if found is None:
        raise NotFound("member")
    return Standing(found.kind, found.undertaking_on)
