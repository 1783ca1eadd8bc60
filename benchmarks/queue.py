"""The desk's queue: the 25 most severe cases with and without filters, among few and among many cases."""

import statistics
import time

from sqlalchemy import event

from app.services.queue import Wanted, find_page
from benchmarks.cases import fill
from benchmarks.instance import KINDS, Instance, instance
from benchmarks.report import Row, publish

FEW, MANY, ROUNDS = 1_000, 10_000, 60
FILTERS = {
    "no filter": Wanted(),
    "state": Wanted(state="screening"),
    "right and overdue": Wanted(right="privacy", overdue=True),
    "system": Wanted(system="lumen"),
}


def measure() -> None:
    """Print and keep the figures of the queue on each kind of database."""
    rows = []
    for kind in KINDS:
        times = {}
        for size in (FEW, MANY):
            with instance(kind) as measured:
                fill(measured, size)
                times[size] = {name: _p50(measured, wanted) for name, wanted in FILTERS.items()}
                statements = max(_statements(measured, wanted) for wanted in FILTERS.values())
        for name in FILTERS:
            ratio = times[MANY][name] / times[FEW][name]
            rows.append(Row(f"{kind}, {name}: p50 at {MANY:,}", times[MANY][name], "ms", "-", True))
            rows.append(
                Row(f"{kind}, {name}: {MANY:,} / {FEW:,}", ratio, "ratio", "at most 1.2", ratio <= 1.2)
            )
        rows.append(Row(f"{kind}: statements for a page", statements, "", "at most 5", statements <= 5))
    publish("queue", rows)


def _p50(measured: Instance, wanted: Wanted) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        _page(measured, wanted)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def _statements(measured: Instance, wanted: Wanted) -> int:
    said: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        said.append(statement)

    event.listen(measured.portal.database.engine, "before_cursor_execute", note)
    _page(measured, wanted)
    event.remove(measured.portal.database.engine, "before_cursor_execute", note)
    return len(said)


def _page(measured: Instance, wanted: Wanted) -> None:
    with measured.portal.database.reading() as session:
        find_page(measured.context(session, measured.people.caseworker), wanted)
