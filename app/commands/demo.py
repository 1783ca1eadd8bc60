"""`flask demo ...`: fill an empty portal with invented data, and show how to look around in it."""

from datetime import UTC, datetime

import click
import pyotp
from flask.cli import AppGroup

from app.commands import portal
from app.crypto import codes
from app.demo.cast import PASSWORD
from app.demo.marker import Account, Marker, find_marker
from app.demo.prepare import NotADemo
from app.demo.prepare import prepare as prepare_demo

group = AppGroup("demo", help="Invented data to try the portal with; never beside real data.")


@group.command("prepare")
@click.option("--reset", is_flag=True, help="Throw the demo's data away first.")
def prepare(reset: bool) -> None:
    """Load the demo's organisations, people and reports, once."""
    try:
        prepare_demo(portal(), reset, click.echo)
    except NotADemo as error:
        raise click.ClickException(str(error)) from error


@group.command("show")
def show() -> None:
    """Print the addresses, the accounts with a code for signing in now, and some case codes."""
    marker, address = _marker(), portal().settings.base_url
    click.echo(f"\nThe portal:   {address}/")
    click.echo(f"The desk:     {address}/en/desk/sign-in")
    click.echo(f"\nEvery demo account has the password: {PASSWORD}\n")
    for account in marker.accounts:
        who = f"{account.name}, {', '.join(account.roles)} at {account.organisation}"
        click.echo(f"  {account.email:<28} {_code(account)}   {who}")
    click.echo("\nThe six digits change every 30 seconds, and each works once. For new ones:")
    click.echo("  RECOURSE_ENV=demo .venv/bin/flask --app wsgi demo code amina")
    click.echo(f"\nCase codes, to type at {address}/en/case\n")
    for case in marker.cases:
        state = portal().reference.states[case.state].name
        click.echo(f"  {' '.join(codes.groups(case.code))}   {case.reference}, {case.language}: {state}")
    click.echo("")


@group.command("code")
@click.argument("account")
def code(account: str) -> None:
    """Print the six digits that this account's phone would show now.

    ACCOUNT is its e-mail address, or what comes before the @.
    """
    for each in _marker().accounts:
        if account.lower() in (each.email, each.email.partition("@")[0]):
            click.echo(_code(each))
            return
    raise click.ClickException(f"There is no demo account {account}; `flask demo show` lists them.")


def _marker() -> Marker:
    found = find_marker(portal().settings.demo_marker)
    if found is None or not found.ready:
        raise click.ClickException("There is no demo data here yet: flask --app wsgi demo prepare")
    return found


def _code(account: Account) -> str:
    return pyotp.TOTP(account.totp_seed).at(datetime.now(UTC))
