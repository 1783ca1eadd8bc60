"""The same few people in every test: three of the host, officers of three companies."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pyotp

from app.crypto import kdf
from app.portal import Portal
from app.services import invitations, members, organisations
from app.services.context import Actor, ActorKind, Context, Vault

PASSWORD = "seven quiet herons over the weir"


@dataclass(frozen=True)
class Person:
    """A member of an organisation with everything needed to sign in or to act."""

    email: str
    totp_seed: str
    actor: Actor
    vault: Vault

    def code(self, now: datetime) -> str:
        """The six digits that the person's phone shows."""
        return pyotp.TOTP(self.totp_seed).at(now)

    def context(self, session, portal: Portal, now: datetime) -> Context:
        """A Context in which this person acts."""
        return Context(session, portal, self.actor, now, self.vault)


@dataclass(frozen=True)
class People:
    """Host: two caseworkers and a safeguarding lead. Companies: lead, maker of the model, outsider."""

    caseworker: Person
    second_caseworker: Person
    safeguarding_lead: Person
    officer: Person  # of Lumen Chat, the company that most reports concern
    manager: Person  # of Lumen Chat
    upstream_officer: Person  # of Deep Model, on whose model Lumen Chat is built
    outsider: Person  # of Elsewhere, which is no party to anything


def enrol_people(ctx: Context) -> People:
    """Set up the host and three companies with their members."""
    host = _organisation(ctx, "Recourse Secretariat", "host")
    lumen = _organisation(ctx, "Lumen Chat", "respondent")
    deep = _organisation(ctx, "Deep Model", "respondent")
    elsewhere = _organisation(ctx, "Elsewhere", "respondent")
    return People(
        caseworker=_member(ctx, host, "Amal Idris", ["caseworker", "manager"]),
        second_caseworker=_member(ctx, host, "Bo Lindqvist", ["caseworker"]),
        safeguarding_lead=_member(ctx, host, "Chipo Dube", ["safeguarding_lead"]),
        officer=_member(ctx, lumen, "Dana Petrov", ["respondent"]),
        manager=_member(ctx, lumen, "Emil Novak", ["manager"]),
        upstream_officer=_member(ctx, deep, "Farah Haddad", ["respondent"]),
        outsider=_member(ctx, elsewhere, "Gil Moreau", ["respondent", "manager"]),
    )


def _organisation(ctx: Context, name: str, kind: str) -> tuple[str, bytes]:
    organisation_id = organisations.enter_organisation(ctx, name, kind)
    return organisation_id, organisations.found(ctx, organisation_id).private_key


def _member(ctx: Context, organisation: tuple[str, bytes], name: str, roles: list[str]) -> Person:
    organisation_id, private = organisation
    email, seed = f"{name.split(maxsplit=1)[0].lower()}@example.org", pyotp.random_base32()
    code = invitations.add_invitation(ctx, organisation_id, (name, email, roles), private)
    shown = pyotp.TOTP(seed).at(ctx.now)
    joined = members.join(ctx, code, members.Choice(PASSWORD, seed, shown, "en"))
    actor = Actor(ActorKind.MEMBER, frozenset(roles), organisation_id, joined.member_id)
    return Person(email, seed, actor, Vault(organisation_id, private, kdf.organisation_key(private)))


def now() -> datetime:
    """The present instant, for tests that talk to a running server."""
    return datetime.now(UTC)
