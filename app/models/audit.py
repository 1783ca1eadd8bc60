"""The append-only audit: one hash chain a case, one an organisation, and daily anchors over all heads."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.models.types import Code, Day, Facts, When


class AuditEntry(Base):
    """Who did or read what; ids and codes only. A reporter's acts carry the day, not the time."""

    __tablename__ = "audit_entry"
    __table_args__ = (UniqueConstraint("chain", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    chain: Mapped[Code]
    number: Mapped[int]
    at: Mapped[When]
    actor: Mapped[Code]
    action: Mapped[Code]
    subject: Mapped[str] = mapped_column(String(128))
    facts: Mapped[Facts]
    previous: Mapped[Code]
    digest: Mapped[Code]


class AuditAnchor(Base):
    """The heads of all chains on one day, tied into one digest that rests on the anchor before."""

    __tablename__ = "audit_anchor"

    on: Mapped[Day] = mapped_column(primary_key=True)
    heads: Mapped[Facts]
    previous: Mapped[Code]
    digest: Mapped[Code]
