"""`flask audit verify`: does every audit chain hold, and every anchor?"""

import click
from flask.cli import AppGroup

from app.commands import reading
from app.services import anchors, audit
from app.services.audit import Broken

group = AppGroup("audit", help="Check the record of who did and who read what.")

WHY = {
    "changed": "was changed after it was written",
    "missing_before": "follows a row that is missing",
    "unlinked": "does not rest on the row before it",
    "not_as_anchored": "is missing or is not the one that a daily anchor holds",
}


@group.command("verify")
def verify() -> None:
    """Name the first broken row and end with 1, or say that all chains hold."""
    with reading() as ctx:
        broken = audit.find_broken(ctx) or anchors.find_broken_anchor(ctx)
    if broken is None:
        click.echo("Every audit chain holds, and every anchor.")
        return
    click.echo(describe(broken), err=True)
    raise SystemExit(1)


def describe(broken: Broken) -> str:
    """One sentence that names the row and what is wrong with it."""
    row = f" (id {broken.entry_id})" if broken.entry_id else ""
    what = f"row {broken.number}{row} of chain {broken.chain}" if broken.number else broken.chain
    return f"Broken: {what} {WHY[broken.why]}."
