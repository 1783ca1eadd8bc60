"""What an operator runs at the command line: one module a group of commands, thin covers of services."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click
from flask import current_app

from app.domain.errors import RecourseError
from app.portal import Portal
from app.services.context import SYSTEM, Context


def portal() -> Portal:
    """The portal that the command works on."""
    opened: Portal = current_app.extensions["recourse"]
    return opened


@contextmanager
def reading() -> Iterator[Context]:
    """A Context that changes nothing."""
    with portal().database.reading() as session:
        yield Context(session, portal(), SYSTEM, datetime.now(UTC))


@contextmanager
def writing() -> Iterator[Context]:
    """A Context whose changes are committed together; a refusal ends the command with its code."""
    try:
        with portal().database.transaction() as session:
            yield Context(session, portal(), SYSTEM, datetime.now(UTC))
    except RecourseError as error:
        raise click.ClickException(f"That was refused: {error.code}") from error
