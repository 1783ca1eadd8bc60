"""`flask migrate` and `flask work`."""

import signal
from threading import Event, Thread

import click
from flask.cli import with_appcontext

from app.commands import portal
from app.jobs import worker
from app.schema import upgrade


@click.command("migrate")
@with_appcontext
def migrate() -> None:
    """Bring the database to this version's schema."""
    upgrade(portal().settings.database_url)
    click.echo("The database has this version's schema.")


@click.command("work")
@with_appcontext
def work() -> None:
    """Do jobs until asked to stop (SIGTERM or Ctrl-C); the job in hand is finished first."""
    stop, endings = Event(), {signal.SIGTERM, signal.SIGINT}
    # Waited for, not handled: a handler could come upon the lock that it needs.
    signal.pthread_sigmask(signal.SIG_BLOCK, endings)
    thread = Thread(target=worker.work, args=(portal(), stop))
    thread.start()
    signal.sigwait(endings)
    stop.set()
    thread.join()
