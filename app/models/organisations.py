"""Organisations, their members, and invitations to join one."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.models.types import Code, Codes, Day, Id, Key, refers, sealed


class Organisation(Base):
    """The host, a company of the value chain, a civil-society organisation or an independent body."""

    __tablename__ = "organisation"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[Code]
    takes_part: Mapped[bool]
    public_key: Mapped[Key | None]  # none until its first manager has set it up
    sealed_key: Mapped[bytes | None] = sealed()  # the private key, under the recovery kit
    joined_on: Mapped[Day]


class Member(Base):
    """One person's account in an organisation; its password opens the organisation's key."""

    __tablename__ = "member"

    id: Mapped[Id]
    organisation_id: Mapped[str] = refers("organisation.id")
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    roles: Mapped[Codes]
    status: Mapped[Code]
    language: Mapped[Code]
    password_salt: Mapped[Key]
    verifier: Mapped[Key]
    public_key: Mapped[Key]
    sealed_private_key: Mapped[bytes] = sealed()  # under the password
    sealed_organisation_key: Mapped[bytes] = sealed()  # to the member's public key
    sealed_totp_seed: Mapped[bytes] = sealed()  # under the site secret
    totp_last_step: Mapped[int]
    undertaking_on: Mapped[Day | None]
    joined_on: Mapped[Day]


class Invitation(Base):
    """A one-time code with which a named person joins an organisation."""

    __tablename__ = "invitation"

    id: Mapped[Id]
    lookup: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[str] = refers("organisation.id")
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    roles: Mapped[Codes]
    sealed_organisation_key: Mapped[bytes | None] = sealed()  # under the code; none: it founds the keys
    expires_on: Mapped[Day]
    used_on: Mapped[Day | None]
