"""Evidence: a sealed original and the cleaned copy that others see."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.models.types import Code, Day, Id, refers, sealed


class Evidence(Base):
    """One file; its name, type and fingerprint are sealed, its bytes lie in the store under random names."""

    __tablename__ = "evidence"

    id: Mapped[Id]
    case_id: Mapped[str | None] = refers("case.id")
    draft_id: Mapped[str | None] = mapped_column(
        String(64), ForeignKey("draft.id", ondelete="SET NULL"), index=True
    )
    compartment_id: Mapped[str | None] = refers("compartment.id")
    original_compartment_id: Mapped[str | None] = refers("compartment.id")
    number: Mapped[int]
    by: Mapped[Code]
    added_on: Mapped[Day]
    facts: Mapped[bytes] = sealed()  # name, type, size, SHA-256, what was cleaned
    original_name: Mapped[Code]
    shown_name: Mapped[Code]
