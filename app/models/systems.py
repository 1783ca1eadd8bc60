"""The value chain: AI systems, the names people use for them, and what is built on what."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.models.types import Code, Codes, Day, Id, refers


class System(Base):
    """A product, application, model, data set or infrastructure, and the role of who operates it."""

    __tablename__ = "system"

    id: Mapped[Id]
    organisation_id: Mapped[str | None] = refers("organisation.id", delete="SET NULL")
    operator_name: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[Code]
    role: Mapped[Code]
    also_called: Mapped[Codes]
    listed_on: Mapped[Day]
    removed_on: Mapped[Day | None]  # kept for the cases about it; nobody finds it any more


class SystemName(Base):
    """A name by which people look for a system or its operator, folded for searching."""

    __tablename__ = "system_name"
    __table_args__ = (UniqueConstraint("system_id", "folded"),)

    id: Mapped[Id]
    system_id: Mapped[str] = refers("system.id", index=False)
    folded: Mapped[str] = mapped_column(String(200), index=True)


class SystemEdge(Base):
    """The downstream system rests on the upstream one: built on, trained on, hosted on, supplied by."""

    __tablename__ = "system_edge"
    __table_args__ = (UniqueConstraint("upstream_id", "downstream_id", "relation"),)

    id: Mapped[Id]
    upstream_id: Mapped[str] = refers("system.id")
    downstream_id: Mapped[str] = refers("system.id")
    relation: Mapped[Code]
