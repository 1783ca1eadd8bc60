"""Joining an organisation with an invitation's code, and getting back in with the recovery kit."""

from dataclasses import dataclass, field
from typing import Any

import pyotp
from sqlalchemy import select

from app.crypto.errors import CannotOpen, CodeTypo, KitTypo
from app.domain.errors import InvalidInput, NotFound
from app.models import Organisation
from app.services import audit, invitations, members, organisations, sessions
from app.services.context import Context


@dataclass(frozen=True)
class Joining:
    """Somebody who typed an invitation's code and now chooses how to sign in."""

    name: str
    email: str
    organisation: str
    founds: bool  # they are the first, and will see the recovery kit
    totp_seed: str = field(repr=False)
    code: str = field(repr=False)

    def totp_address(self, portal_name: str) -> str:
        """What an authenticator app reads from the QR code."""
        return pyotp.TOTP(self.totp_seed).provisioning_uri(name=self.email, issuer_name=portal_name)


def begin_joining(ctx: Context, typed: str) -> str:
    """Keep code and new TOTP seed sealed for an hour; returns the token. Raises InvalidInput, NotFound."""
    try:
        found = invitations.open_invitation(ctx, typed)
    except CodeTypo as typo:
        raise InvalidInput(f"code_{typo.code}") from None
    content = {
        "code": typed,
        "totp_seed": pyotp.random_base32(),
        "name": found.name,
        "email": found.email,
        "organisation": found.organisation_name,
        "founds": found.private_key is None,
    }
    return sessions.open_session(ctx, "joining", content)


def find_joining(ctx: Context, token: str) -> Joining | None:
    """Who is joining with this token, None if it ended."""
    content: dict[str, Any] | None = sessions.find_session(ctx, "joining", token)
    return None if content is None else Joining(**content)


def finish_joining(ctx: Context, token: str, password: str, totp_code: str, language: str) -> members.Joined:
    """Make the account; raises NotFound, or InvalidInput (`weak_password`, `long_password`, `totp_code`)."""
    joining = find_joining(ctx, token)
    if joining is None:
        raise NotFound("joining")
    choice = members.Choice(password, joining.totp_seed, totp_code, language)
    joined = members.join(ctx, joining.code, choice)
    sessions.end_session(ctx, token)
    return joined


def recoverable(ctx: Context) -> tuple[tuple[str, str], ...]:
    """Id and name of every organisation that has keys, by name."""
    query = select(Organisation.id, Organisation.name).where(Organisation.sealed_key.is_not(None))
    return tuple((row.id, row.name) for row in ctx.session.execute(query.order_by(Organisation.name)))


def recover(ctx: Context, organisation_id: str, kit: str, name: str, email: str) -> str:
    """Open the organisation with its kit and invite a new manager; returns the invitation's code.

    Raises InvalidInput: `kit_wrong_character`, `kit_wrong_length`, `kit_wrong_check` or `kit_wrong`.
    """
    try:
        private_key = organisations.open_with_kit(ctx, organisation_id, kit)
    except KitTypo as typo:
        raise InvalidInput(f"kit_{typo.code}") from None
    except CannotOpen:
        raise InvalidInput("kit_wrong") from None
    audit.record(ctx, audit.organisation_chain(organisation_id), "organisation:kit:used", organisation_id)
    return invitations.add_invitation(ctx, organisation_id, (name, email, ["manager"]), private_key)
