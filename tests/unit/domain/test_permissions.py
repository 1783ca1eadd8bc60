"""Permissions: sorted, named by their rule, and never more than a role's."""

import pytest

from app.domain.errors import NotAllowed
from app.domain.ids import Role
from app.domain.permissions import PERMISSIONS, Permission, permissions_of, require


def test_permissions_are_sorted_and_named_by_the_rule() -> None:
    names = [permission.name for permission in Permission]
    assert names == sorted(names)
    for permission in Permission:
        assert permission.name == permission.value.replace(":", "_").upper()


def test_every_permission_belongs_to_somebody() -> None:
    assert frozenset().union(*PERMISSIONS.values()) == set(Permission)


@pytest.mark.parametrize(
    ("role", "permission", "allowed"),
    [
        (Role.CASEWORKER, Permission.CASE_ROUTE, True),
        (Role.RESPONDENT, Permission.POINT_ANSWER, True),
        (Role.RESPONDENT, Permission.CASE_SCREEN, False),
        (Role.CASEWORKER, Permission.APPEAL_DECIDE, False),
        (Role.AUDITOR, Permission.CASE_READ, False),
        (Role.MANAGER, Permission.CASE_READ, False),
        (Role.SAFEGUARDING_LEAD, Permission.CASE_ROUTE, False),
        (Role.ADMIN, Permission.CASE_LIST, False),
        ("butler", Permission.CASE_LIST, False),
    ],
)
def test_roles(role: str, permission: Permission, allowed: bool) -> None:
    assert (permission in permissions_of([role])) is allowed
    if allowed:
        require([role], permission)
    else:
        with pytest.raises(NotAllowed, match=permission):
            require([role], permission)


def test_roles_add_up() -> None:
    both = permissions_of([Role.MANAGER, Role.RESPONDENT])
    assert both == PERMISSIONS[Role.MANAGER] | PERMISSIONS[Role.RESPONDENT]
    assert permissions_of([]) == frozenset()
