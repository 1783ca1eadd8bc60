"""Which roles the members of an organisation may hold, by the organisation's kind."""

from collections.abc import Collection, Mapping

from app.domain.errors import InvalidInput
from app.domain.ids import Role

ROLES_OF: Mapping[str, tuple[Role, ...]] = {
    # A company that runs its own mechanism is host and respondent at once.
    "host": (
        Role.CASEWORKER,
        Role.SAFEGUARDING_LEAD,
        Role.FACILITATOR,
        Role.RESPONDENT,
        Role.AUDITOR,
        Role.MANAGER,
    ),
    "respondent": (Role.RESPONDENT, Role.MANAGER),
    "civil_society": (Role.REPRESENTATIVE, Role.MANAGER),
    "independent": (Role.REVIEWER, Role.AUDITOR, Role.MANAGER),
}


def check_roles(kind: str, roles: Collection[str]) -> None:
    """Raise InvalidInput (`roles_do_not_fit`) unless there is a role and this kind may give all of them."""
    if not roles or not set(roles) <= set(ROLES_OF[kind]):
        raise InvalidInput("roles_do_not_fit")
