"""Setting the demo up: organisations, their people with keys of their own, and their systems."""

from dataclasses import dataclass, replace
from datetime import datetime

import pyotp

from app.crypto import kdf
from app.demo.cast import EDGES, HOMES, PASSWORD, SYSTEMS, Home, Role
from app.services import accounts, invitations, members, organisations, systems
from app.services.context import Actor, ActorKind, Context, Vault


@dataclass(frozen=True)
class Player:
    """A member who acts in the demo, with what signs them in."""

    name: str
    email: str
    organisation: str
    roles: tuple[str, ...]
    totp_seed: str
    actor: Actor
    vault: Vault


@dataclass(frozen=True)
class Stage:
    """Players by key, and the ids of organisations and systems by key."""

    players: dict[str, Player]
    organisations: dict[str, str]
    systems: dict[str, str]

    def acting(self, ctx: Context, key: str, at: datetime) -> Context:
        """A Context in which this player acts at that moment, in the same transaction."""
        player = self.players[key]
        return Context(ctx.session, ctx.portal, player.actor, at, player.vault)


def set_up(ctx: Context) -> Stage:
    """Everything but the reports; `ctx.now` is the day on which it all began."""
    stage = Stage({}, {}, {})
    for home in HOMES:
        _found(ctx, stage, home)
    for key, (who, facts) in SYSTEMS.items():
        stage.systems[key] = systems.add(stage.acting(ctx, who, ctx.now), facts)
    for who, downstream, upstream, relation in EDGES:
        acting = stage.acting(ctx, who, ctx.now)
        systems.put(acting, stage.systems[downstream], stage.systems[upstream], relation)
    return stage


def _found(ctx: Context, stage: Stage, home: Home) -> None:
    """The first of the people sets the organisation up and invites the others."""
    organisation_id = organisations.enter_organisation(ctx, home.name, home.kind)
    stage.organisations[home.key] = organisation_id
    first, *others = home.people
    person = (first.name, home.email(first), first.roles)
    code = invitations.add_invitation(ctx, organisation_id, person, None)
    manager = _join(ctx, home, first, code, None)
    stage.players[first.key] = manager
    for each in others:
        acting = stage.acting(ctx, first.key, ctx.now)
        code = invitations.invite(acting, each.name, home.email(each), each.roles)
        stage.players[each.key] = _join(ctx, home, each, code, manager.vault)


def _join(ctx: Context, home: Home, person: Role, code: str, held: Vault | None) -> Player:
    seed = pyotp.random_base32()
    choice = members.Choice(PASSWORD, seed, pyotp.TOTP(seed).at(ctx.now), person.language)
    organisation_id = invitations.open_invitation(ctx, code).organisation_id
    joined = members.join(ctx, code, choice)
    vault = held or _open_with_kit(ctx, organisation_id, joined.kit or "")
    actor = Actor(ActorKind.MEMBER, frozenset(person.roles), organisation_id, joined.member_id)
    if "respondent" in person.roles:
        accounts.accept_undertaking(replace(ctx, actor=actor))
    return Player(person.name, home.email(person), home.name, person.roles, seed, actor, vault)


def _open_with_kit(ctx: Context, organisation_id: str, kit: str) -> Vault:
    private = organisations.open_with_kit(ctx, organisation_id, kit)
    return Vault(organisation_id, private, kdf.organisation_key(private))
