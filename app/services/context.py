"""What every use case is given: the database session, the portal, who acts, when, and with which keys."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from app.portal import Portal


class ActorKind(StrEnum):
    """The ways to act: nobody in particular, with a case code, signed in, or a job."""

    PUBLIC = "public"
    REPORTER = "reporter"
    MEMBER = "member"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """Who acts, by ids and roles only."""

    kind: ActorKind
    roles: frozenset[str] = frozenset()
    organisation_id: str | None = None
    member_id: str | None = None
    reporter_id: str | None = None
    case_id: str | None = None  # the one case that a reporter's code opens

    @property
    def tag(self) -> str:
        """How the audit names this actor: `member:<id>`, `reporter`, `public` or `system`."""
        return f"member:{self.member_id}" if self.kind is ActorKind.MEMBER else str(self.kind)

    def require_member(self) -> tuple[str, str]:
        """The organisation's and the member's id of a signed-in member; anybody else is a mistake of ours."""
        if self.organisation_id is None or self.member_id is None:
            raise TypeError(f"{self.kind} is not a member")
        return self.organisation_id, self.member_id


PUBLIC = Actor(ActorKind.PUBLIC)
SYSTEM = Actor(ActorKind.SYSTEM, roles=frozenset({"system"}))


@dataclass(frozen=True)
class Vault:
    """The keys that this session unlocked; printing it shows none of them."""

    reader_id: str = ""
    private_key: bytes = field(default=b"", repr=False)
    symmetric_key: bytes | None = field(default=None, repr=False)  # organisations only


EMPTY_VAULT = Vault()


@dataclass(frozen=True)
class Context:
    """Handed to every use case as its first argument."""

    session: Session
    portal: Portal
    actor: Actor
    now: datetime
    vault: Vault = EMPTY_VAULT

    @property
    def today(self) -> date:
        """The UTC day of `now`."""
        return self.now.date()
