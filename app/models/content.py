"""Compartments, the grants that open them, the sealed parts within, and the consents behind."""

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.models.types import Code, Codes, Day, Id, Key, refers, sealed


class Compartment(Base):
    """What is read together: identity, statement, one evidence item, one thread, one party's notes."""

    __tablename__ = "compartment"

    id: Mapped[Id]
    case_id: Mapped[str] = refers("case.id")
    kind: Mapped[Code]
    party_id: Mapped[str | None] = refers("party.id")


class Consent(Base):
    """The person's agreement that one organisation reads certain compartments for one purpose."""

    __tablename__ = "consent"

    id: Mapped[Id]
    case_id: Mapped[str] = refers("case.id")
    organisation_id: Mapped[str] = refers("organisation.id")
    covers: Mapped[Codes]
    purpose: Mapped[Code]
    wording: Mapped[Code]
    wording_version: Mapped[int]
    language: Mapped[Code]
    given_on: Mapped[Day]
    ends_on: Mapped[Day | None]
    withdrawn_on: Mapped[Day | None]


class Grant(Base):
    """A compartment's key sealed to one reader: whoever holds a grant may read, nobody else can."""

    __tablename__ = "grant"
    __table_args__ = (
        UniqueConstraint("compartment_id", "reader_id"),
        Index("ix_grant_case_id_reader_id", "case_id", "reader_id"),
    )

    id: Mapped[Id]
    case_id: Mapped[str] = refers("case.id", index=False)
    compartment_id: Mapped[str] = refers("compartment.id", index=False)
    reader_kind: Mapped[Code]
    reader_id: Mapped[Code]
    sealed_key: Mapped[Key] = mapped_column(info={"sealed": True})  # to the reader's public key
    wrapped_key: Mapped[Key | None] = mapped_column(info={"sealed": True})  # after the first opening
    consent_id: Mapped[str | None] = refers("consent.id")
    purpose: Mapped[Code]
    expires_on: Mapped[Day | None]


class Part(Base):
    """One sealed piece of writing in a compartment: narrative, wish, message, note, answer."""

    __tablename__ = "part"
    __table_args__ = (Index("ix_part_case_id_number", "case_id", "number"),)

    id: Mapped[Id]
    case_id: Mapped[str] = refers("case.id", index=False)
    compartment_id: Mapped[str] = refers("compartment.id")
    kind: Mapped[Code]
    number: Mapped[int]
    by: Mapped[Code]
    organisation_id: Mapped[str | None] = refers("organisation.id", delete="SET NULL", index=False)
    member_id: Mapped[str | None] = refers("member.id", delete="SET NULL", index=False)
    written_on: Mapped[Day]
    body: Mapped[bytes] = sealed()  # under the compartment's key
