"""Sessions and drafts, whose rows open nothing without the cookie, and slowed attempts."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.models.types import Code, Id, When, refers, sealed


class Session(Base):
    """A signed-in member or a reporter reading the own case; `expires_at` is rounded up to the hour."""

    __tablename__ = "session"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[Code]
    member_id: Mapped[str | None] = refers("member.id")
    content: Mapped[bytes] = sealed()  # under the cookie
    expires_at: Mapped[When] = mapped_column(index=True)


class Draft(Base):
    """A report being written; it lives a day and opens with the cookie alone."""

    __tablename__ = "draft"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = sealed()  # under the cookie
    expires_at: Mapped[When] = mapped_column(index=True)


class Throttle(Base):
    """How often something was tried in vain; the key is a keyed hash and names nobody."""

    __tablename__ = "throttle"

    id: Mapped[Id] = mapped_column(String(64))
    failures: Mapped[int]
    blocked_until: Mapped[When]
