"""Joining: the code carries the organisation's key once; the first manager alone sees the recovery kit."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from app.crypto.errors import CannotOpen, CodeTypo
from app.crypto.recovery import new_recovery_kit
from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.models import Organisation
from app.services import invitations, members, organisations
from app.services.context import PUBLIC, SYSTEM, Context
from tests.conftest import NOW
from tests.people import PASSWORD


def choice(**changes):
    seed = pyotp.random_base32()
    given = {"password": PASSWORD, "totp_seed": seed, "totp_code": pyotp.TOTP(seed).at(NOW), "language": "fr"}
    return members.Choice(**given | changes)


@pytest.fixture
def founding_code(portal):
    """The code of an organisation that has no keys yet."""
    with portal.database.transaction() as session:
        ctx = Context(session, portal, SYSTEM, NOW)
        organisation_id = organisations.enter_organisation(ctx, "New Company", "respondent")
        return invitations.add_invitation(
            ctx, organisation_id, ("Ines", "Ines@Example.org", ["manager"]), None
        )


def join(portal, code, chosen, now=NOW):
    with portal.database.transaction() as session:
        return members.join(Context(session, portal, PUBLIC, now), code, chosen)


def test_the_first_manager_sets_the_organisation_up_and_the_kit_opens_its_key(portal, founding_code):
    joined = join(portal, founding_code, choice())
    with portal.database.reading() as session:
        ctx = Context(session, portal, SYSTEM, NOW)
        row = session.scalars(select(Organisation)).one()
        assert row.takes_part and row.public_key
        private = organisations.open_with_kit(ctx, row.id, joined.kit)
        assert private not in row.sealed_key
        with pytest.raises(CannotOpen):
            organisations.open_with_kit(ctx, row.id, new_recovery_kit())


def test_a_code_is_used_once(portal, founding_code):
    join(portal, founding_code, choice())
    with pytest.raises(NotFound):
        join(portal, founding_code, choice())


def test_a_later_member_gets_the_same_key_and_no_kit(portal, people):
    with portal.database.transaction() as session:
        code = invitations.invite(
            people.manager.context(session, portal, NOW), "Hana", "hana@example.org", ["respondent"]
        )
    assert join(portal, code, choice()).kit is None
    with portal.database.transaction() as session, pytest.raises(NotAllowed):
        invitations.invite(people.officer.context(session, portal, NOW), "X", "x@example.org", ["manager"])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"password": "password123"}, "weak_password"),
        ({"password": "ines@example.org"}, "weak_password"),
        ({"password": "x" * 73}, "long_password"),
        ({"totp_code": "000000"}, "totp_code"),
    ],
)
def test_a_bad_choice_is_refused_and_the_code_stays_usable(portal, founding_code, changes, code):
    with pytest.raises(InvalidInput, match=code):
        join(portal, founding_code, choice(**changes))
    assert join(portal, founding_code, choice()).member_id


def test_a_typing_error_is_told_and_an_ended_invitation_is_not_found(portal, founding_code):
    swapped = founding_code[1] + founding_code[0] + founding_code[2:]
    with pytest.raises(CodeTypo if swapped != founding_code else NotFound):
        join(portal, swapped if swapped != founding_code else "1", choice())
    with pytest.raises(NotFound):
        join(portal, founding_code, choice(), NOW + timedelta(days=15))
