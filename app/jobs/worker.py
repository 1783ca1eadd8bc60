"""The worker: claims tasks, does them, notes the outcome. Any number may run, on any number of machines."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event

import structlog

from app.jobs import notice, periodic
from app.jobs.errors import TaskFailed
from app.portal import Portal
from app.services import notices, outbox
from app.services.context import SYSTEM, Context
from app.services.outbox import Claim

PAUSE_SECONDS = 1.0
PAUSE_AFTER_TROUBLE_SECONDS = 5.0

# A task is given a Context that reads; it opens a transaction of its own if it writes. It returns why it did
# nothing, if that is worth keeping, and raises TaskFailed to be tried again.
TASKS: dict[str, Callable[[Context, Claim], str | None]] = {
    notices.TASK: notice.notify,
    periodic.ANCHOR: periodic.anchor,
    periodic.PURGE: periodic.clear_out,
}

log = structlog.get_logger(__name__)


def work(portal: Portal, stop: Event) -> None:
    """Do tasks until asked to stop; the one in hand is finished first. Trouble is logged and waited out."""
    if portal.settings.smtp_url is None:
        log.warning("no_mail_server", advice="SMTP_URL is not set: nobody is told of news by e-mail")
    scheduled = None
    while not stop.is_set():
        try:
            scheduled = _schedule(portal, scheduled)
            pause = 0.0 if do_next(portal) else PAUSE_SECONDS
        except Exception:
            log.exception("worker_in_trouble")
            pause = PAUSE_AFTER_TROUBLE_SECONDS
        stop.wait(pause)


def do_next(portal: Portal) -> bool:
    """Do the task that has been due for longest; False if none is due."""
    with _reading(portal) as ctx:
        if not outbox.waits(ctx):
            return False
    # One at a time: a lease must outlast the work, and mail servers can be slow.
    with _writing(portal) as ctx:
        claims = outbox.claim(ctx, 1)
    for claimed in claims:
        _do(portal, claimed)
    return bool(claims)


def _schedule(portal: Portal, last: int | None) -> int:
    """Ask for the periodic tasks when a new hour has begun; the hour until which that is done."""
    hour = _now().hour
    if hour != last:
        with _writing(portal) as ctx:
            periodic.schedule(ctx)
    return hour


def _do(portal: Portal, claimed: Claim) -> None:
    failure, final = None, True
    try:
        with _reading(portal) as ctx:
            failure = TASKS[claimed.task](ctx, claimed)
    except TaskFailed as error:
        failure, final = error.code, error.final
        log.warning("task_failed", task=claimed.task, why=failure)
    except Exception as error:
        failure, final = type(error).__name__[:64], False
        log.exception("task_failed", task=claimed.task)
    with _writing(portal) as ctx:
        if final:
            outbox.finish(ctx, claimed, failure)
        elif failure and not outbox.postpone(ctx, claimed, failure):
            log.error("task_given_up", task=claimed.task, row=claimed.id, why=failure)


@contextmanager
def _reading(portal: Portal) -> Iterator[Context]:
    with portal.database.reading() as session:
        yield Context(session, portal, SYSTEM, _now())


@contextmanager
def _writing(portal: Portal) -> Iterator[Context]:
    with portal.database.transaction() as session:
        yield Context(session, portal, SYSTEM, _now())


def _now() -> datetime:
    return datetime.now(UTC)
