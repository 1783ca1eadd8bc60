"""Recourse: `create_app` makes the web application; rules, keys and jobs load without it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from config import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """The application over these settings, by default the environment's; raises ConfigError."""
    from app.wiring import wire  # noqa: PLC0415 - importing a rule or a key must not load the web

    return wire(settings)
