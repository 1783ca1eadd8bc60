"""The case: where it stands, its harms, its codes, its parties, its events."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.models.types import Code, Codes, Day, Facts, Id, Key, refers, sealed


class Case(Base):
    """One report of harm; nothing in this row tells what happened or to whom."""

    __tablename__ = "case"
    __table_args__ = (
        Index("ix_case_queue", "host_id", "closed", "queue_key", "due_on", "id"),
        Index("ix_case_queue_state", "host_id", "state", "queue_key", "due_on", "id"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(11), unique=True)
    host_id: Mapped[str] = refers("organisation.id", index=False)
    language: Mapped[Code]
    channel: Mapped[Code]
    kind: Mapped[Code]
    state: Mapped[Code]
    resume_state: Mapped[Code | None] = mapped_column(String(200))
    closed: Mapped[bool]
    state_since: Mapped[Day]
    due_on: Mapped[Day]
    due_id: Mapped[Code | None]
    scale: Mapped[int]
    scope: Mapped[int]
    irremediability: Mapped[int]
    likelihood: Mapped[int | None]
    delay_makes_irremediable: Mapped[bool]
    band: Mapped[Code]
    queue_key: Mapped[int] = mapped_column(BigInteger)
    flags: Mapped[Codes]
    system_id: Mapped[str | None] = refers("system.id", delete="SET NULL")
    caseworker_id: Mapped[str | None] = refers("member.id", delete="SET NULL")
    submitted_on: Mapped[Day]


class Reporter(Base):
    """A person's code to the case: the code finds this row and opens its private key."""

    __tablename__ = "reporter"

    id: Mapped[Id]
    case_id: Mapped[str] = refers("case.id")
    lookup: Mapped[Code] = mapped_column(unique=True)
    public_key: Mapped[Key]
    sealed_private_key: Mapped[bytes] = sealed()  # under the code


class CaseHarm(Base):
    """A harm type that the case is about; exactly one is the main one."""

    __tablename__ = "case_harm"
    __table_args__ = (Index("ix_case_harm_right_id_case_id", "right_id", "case_id"),)

    case_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("case.id", ondelete="CASCADE"), primary_key=True
    )
    harm_id: Mapped[Code] = mapped_column(primary_key=True)
    right_id: Mapped[Code]
    main: Mapped[bool]


class Party(Base):
    """An organisation's thread in a case, with a state, a role and an involvement of its own."""

    __tablename__ = "party"
    __table_args__ = (
        UniqueConstraint("case_id", "organisation_id"),
        Index("ix_party_queue", "organisation_id", "closed", "queue_key", "due_on", "id"),
    )

    id: Mapped[Id]
    case_id: Mapped[str] = refers("case.id")
    organisation_id: Mapped[str] = refers("organisation.id", index=False)
    role: Mapped[Code]
    lead: Mapped[bool]
    reason: Mapped[Code]
    state: Mapped[Code]
    closed: Mapped[bool]
    state_since: Mapped[Day]
    due_on: Mapped[Day]
    due_id: Mapped[Code | None]
    queue_key: Mapped[int] = mapped_column(BigInteger)
    involvement: Mapped[Code]
    involvement_stated: Mapped[Code | None]
    contact_id: Mapped[str | None] = refers("member.id", delete="SET NULL")


class Event(Base):
    """One step of a case, by day; the timeline, the deadlines and the statistics are read off these."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = refers("case.id", index=False)
    number: Mapped[int]
    party_id: Mapped[str | None] = refers("party.id")
    action: Mapped[Code]
    by: Mapped[Code]
    organisation_id: Mapped[str | None] = refers("organisation.id", delete="SET NULL", index=False)
    member_id: Mapped[str | None] = refers("member.id", delete="SET NULL", index=False)
    from_state: Mapped[Code]
    to_state: Mapped[Code]
    on: Mapped[date] = mapped_column(index=True)
    facts: Mapped[Facts]


class PendingDecision(Base):
    """A decision that one member proposed and a second one must agree to."""

    __tablename__ = "pending_decision"

    id: Mapped[Id]
    case_id: Mapped[str] = refers("case.id")
    action: Mapped[Code]
    member_id: Mapped[str] = refers("member.id")
    proposed_on: Mapped[Day]
    facts: Mapped[Facts]
