"""A request's unit of work: the Context that services are given, reading or writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from flask import current_app, g

from app.portal import Portal
from app.services.context import EMPTY_VAULT, PUBLIC, Actor, Context, Vault


def portal() -> Portal:
    """The portal that this application serves."""
    opened: Portal = current_app.extensions["recourse"]
    return opened


@contextmanager
def reading() -> Iterator[Context]:
    """A Context whose changes are thrown away: what every GET uses."""
    with portal().database.reading() as session:
        yield Context(session, portal(), _actor(), _now(), _vault())


@contextmanager
def writing() -> Iterator[Context]:
    """A Context whose changes are committed together, or not at all if anything raises."""
    with portal().database.transaction() as session:
        yield Context(session, portal(), _actor(), _now(), _vault())


def _now() -> datetime:
    return datetime.now(UTC)


def _actor() -> Actor:
    actor: Actor = g.get("actor", PUBLIC)
    return actor


def _vault() -> Vault:
    vault: Vault = g.get("vault", EMPTY_VAULT)
    return vault
