"""`flask organisation add`: enter an organisation, and get a code for its manager. No key is seen here."""

import click
from flask.cli import AppGroup

from app.commands import writing
from app.crypto import codes
from app.services import invitations, organisations

group = AppGroup("organisation", help="Organisations that take part.")


@group.command("add")
@click.argument("name")
@click.option("--kind", type=click.Choice(organisations.KINDS), required=True)
@click.option("--manager-name", required=True, help="Who sets the organisation up.")
@click.option("--manager-email", required=True, help="Their work e-mail, with which they sign in.")
def add(name: str, kind: str, manager_name: str, manager_email: str) -> None:
    """Enter an organisation and print its manager's one-time code; only the manager sees the recovery kit."""
    with writing() as ctx:
        organisation_id = organisations.enter_organisation(ctx, name, kind)
        person = (manager_name, manager_email, ["manager"])
        code = invitations.add_invitation(ctx, organisation_id, person, None)
    click.echo(f"{name} is entered. Hand this code to {manager_name} in a safe way, not by e-mail:")
    click.echo("\n    " + " ".join(codes.groups(code)) + "\n")
    click.echo(f"It works once, within {invitations.DAYS} days, on the desk's page for joining.")
