"""Rights, harms, safeguards and the value chain."""

from enum import StrEnum

from pydantic.dataclasses import dataclass

from app.reference.marks import (
    STRICT,
    ChainRoleId,
    Id,
    Level,
    RemedyId,
    RightId,
    SafeguardId,
    Text,
)
from app.reference.records_process import LeverageId, RoleGroupId


class EvidenceRule(StrEnum):
    """What may be added to a report."""

    ANY = "any"
    LINKS = "links"
    NONE = "none"


@dataclass(frozen=True, config=STRICT)
class Right:
    """A human right, and the plain question behind which its harms stand."""

    id: Id
    position: int
    enabled: bool
    name: Text
    question: Text
    instruments: tuple[str, ...]


@dataclass(frozen=True, config=STRICT)
class Harm:
    """A kind of harm; `roles` in the order of who is likely to be able to put it right."""

    id: Id
    right: RightId
    name: Text
    example: Text
    handling: Text
    roles: tuple[ChainRoleId, ...]
    remedies: tuple[RemedyId, ...]
    urgent: bool
    irremediability: Level
    mit: tuple[str, ...]
    safeguards: tuple[SafeguardId, ...] = ()
    also_right: RightId | None = None


@dataclass(frozen=True, config=STRICT)
class Safeguard:
    """What a harm or a person's situation asks for besides the normal way."""

    id: Id
    name: Text
    desk: Text
    evidence: EvidenceRule
    hold: bool
    critical: bool


@dataclass(frozen=True, config=STRICT)
class ChainRole:
    """A role in the value chain, what it can press others with and what remedy it can give."""

    id: Id
    group: RoleGroupId
    name: Text
    description: Text
    leverage: tuple[LeverageId, ...]
    remedies: tuple[RemedyId, ...]
    often_harmed: bool = False
