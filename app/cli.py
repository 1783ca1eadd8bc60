"""The operator's commands: `flask --app wsgi ...`. None of them can read a case."""

from flask import Flask

from app.commands import audit, demo, organisations, receipts, running


def register_commands(app: Flask) -> None:
    """Add every command to the application's command line."""
    for command in (
        audit.group,
        demo.group,
        organisations.group,
        receipts.group,
        running.migrate,
        running.work,
    ):
        app.cli.add_command(command)
