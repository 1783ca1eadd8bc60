"""Tables only: ciphertext stays bytes, rules live in `app.domain`."""

from app.models.audit import AuditAnchor, AuditEntry
from app.models.cases import Case, CaseHarm, Event, Party, PendingDecision, Reporter
from app.models.content import Compartment, Consent, Grant, Part
from app.models.evidence import Evidence
from app.models.jobs import NoticeAddress, OutboxItem
from app.models.organisations import Invitation, Member, Organisation
from app.models.remedies import Commitment, Offer
from app.models.sessions import Draft, Session, Throttle
from app.models.systems import System, SystemEdge, SystemName
from app.models.types import NO_DAY, new_id

__all__ = [
    "NO_DAY",
    "AuditAnchor",
    "AuditEntry",
    "Case",
    "CaseHarm",
    "Commitment",
    "Compartment",
    "Consent",
    "Draft",
    "Event",
    "Evidence",
    "Grant",
    "Invitation",
    "Member",
    "NoticeAddress",
    "Offer",
    "Organisation",
    "OutboxItem",
    "Part",
    "Party",
    "PendingDecision",
    "Reporter",
    "Session",
    "System",
    "SystemEdge",
    "SystemName",
    "Throttle",
    "new_id",
]
