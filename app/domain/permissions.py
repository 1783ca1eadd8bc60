"""Who may do what, by role. What a life-cycle step allows is not here but in its table."""

from collections.abc import Iterable
from enum import StrEnum

from app.domain.errors import NotAllowed
from app.domain.ids import Role


class Permission(StrEnum):
    """`THING_VERB = "thing:verb"`, sorted. The thing is what is touched, the verb is what happens to it."""

    APPEAL_DECIDE = "appeal:decide"
    AUDIT_READ = "audit:read"
    CASE_CLOSE = "case:close"
    CASE_COUNTERSIGN = "case:countersign"
    CASE_FILE = "case:file"
    CASE_HOLD = "case:hold"
    CASE_LIST = "case:list"
    CASE_READ = "case:read"
    CASE_RECORD = "case:record"
    CASE_ROUTE = "case:route"
    CASE_SCREEN = "case:screen"
    EVIDENCE_READ = "evidence:read"
    EVIDENCE_REDACT = "evidence:redact"
    INVOLVEMENT_DECIDE = "involvement:decide"
    INVOLVEMENT_STATE = "involvement:state"
    KEY_RECOVER = "key:recover"
    MEMBER_INVITE = "member:invite"
    MEMBER_REMOVE = "member:remove"
    MESSAGE_WRITE = "message:write"
    NOTE_WRITE = "note:write"
    PERFORMANCE_READ = "performance:read"
    POINT_ANSWER = "point:answer"
    REMEDY_DELIVER = "remedy:deliver"
    REMEDY_PROPOSE = "remedy:propose"
    SEVERITY_SET = "severity:set"
    STATISTICS_READ = "statistics:read"
    SYSTEM_EDIT = "system:edit"
    SYSTEM_READ = "system:read"
    TALK_LEAD = "talk:lead"


P = Permission
_READ = {P.CASE_LIST, P.CASE_READ, P.EVIDENCE_READ}
_WORK = _READ | {P.MESSAGE_WRITE, P.NOTE_WRITE, P.SYSTEM_READ}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.AUDITOR: frozenset({P.AUDIT_READ, P.STATISTICS_READ}),
    Role.CASEWORKER: frozenset(
        _WORK
        | {P.CASE_CLOSE, P.CASE_COUNTERSIGN, P.CASE_RECORD, P.CASE_ROUTE, P.CASE_SCREEN, P.EVIDENCE_REDACT}
        | {P.INVOLVEMENT_DECIDE, P.SEVERITY_SET, P.STATISTICS_READ, P.SYSTEM_EDIT}
    ),
    Role.FACILITATOR: frozenset(_WORK | {P.TALK_LEAD}),
    Role.MANAGER: frozenset(
        {P.KEY_RECOVER, P.MEMBER_INVITE, P.MEMBER_REMOVE, P.PERFORMANCE_READ, P.SYSTEM_EDIT, P.SYSTEM_READ}
    ),
    Role.REPRESENTATIVE: frozenset({P.CASE_FILE, P.CASE_LIST, P.CASE_READ, P.MESSAGE_WRITE}),
    Role.RESPONDENT: frozenset(
        _WORK
        | {P.INVOLVEMENT_STATE, P.POINT_ANSWER, P.REMEDY_DELIVER, P.REMEDY_PROPOSE}
        | {P.PERFORMANCE_READ, P.SYSTEM_EDIT}
    ),
    Role.REVIEWER: frozenset(_READ | {P.APPEAL_DECIDE}),
    Role.SAFEGUARDING_LEAD: frozenset(_WORK | {P.CASE_HOLD, P.SEVERITY_SET}),
}


def permissions_of(roles: Iterable[str]) -> frozenset[Permission]:
    """Everything that these roles may do together; unknown roles and roles without an account add nothing."""
    table: dict[str, frozenset[Permission]] = {str(role): allowed for role, allowed in PERMISSIONS.items()}
    return frozenset().union(*(table.get(role, frozenset()) for role in roles))


def require(roles: Iterable[str], permission: Permission) -> None:
    """Raise `NotAllowed` unless one of the roles holds the permission."""
    if permission not in permissions_of(roles):
        raise NotAllowed(permission=str(permission))
