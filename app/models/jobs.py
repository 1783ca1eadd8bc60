"""The outbox: what is to be sent or done, written with the change that asks for it; and notice addresses."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.models.types import Code, Id, When, refers, sealed


class OutboxItem(Base):
    """A task to be done at least once; its key makes a second one of the same kind impossible."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_done_available_at", "done", "available_at"),)

    id: Mapped[Id]
    task: Mapped[Code]
    subject_id: Mapped[Code]
    key: Mapped[str] = mapped_column(unique=True)
    available_at: Mapped[When]
    attempts: Mapped[int]
    done: Mapped[bool]
    failure: Mapped[Code | None]


class NoticeAddress(Base):
    """Where a person asked to be told that there is news; sealed under the site secret."""

    __tablename__ = "notice_address"

    id: Mapped[Id]
    case_id: Mapped[str] = refers("case.id")
    language: Mapped[Code]
    address: Mapped[bytes] = sealed()
