"""The outbox: once a key, at least once done, one holder at a time, longer and longer waits, an end."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models import OutboxItem
from app.services import outbox
from app.services.context import SYSTEM, Context
from tests.conftest import NOW


@pytest.fixture
def act(portal):
    """`act(use_case, ..., now=)`: one use case in one transaction."""

    def call(use_case, *given, now=NOW):
        with portal.database.transaction() as session:
            return use_case(Context(session, portal, SYSTEM, now), *given)

    return call


@pytest.fixture
def rows(portal):
    def read():
        with portal.database.reading() as session:
            found = list(session.scalars(select(OutboxItem).order_by(OutboxItem.key)))
            session.expunge_all()
            return found

    return read


def test_a_key_is_asked_for_once_and_tells_no_minute(act, rows):
    for _ in range(2):
        act(outbox.enqueue, "notice", "case", "notice:case:1")
    (row,) = rows()
    assert (row.available_at.minute, row.done, row.attempts) == (0, False, 0)


def test_what_is_asked_for_goes_with_the_change_or_not_at_all(portal, rows):
    with pytest.raises(RuntimeError), portal.database.transaction() as session:
        outbox.enqueue(Context(session, portal, SYSTEM, NOW), "notice", "case", "key")
        raise RuntimeError
    assert rows() == []


def test_a_claimed_task_is_nobody_elses_until_the_lease_ends(act, rows):
    act(outbox.enqueue, "notice", "case", "key")
    (first,) = act(outbox.claim)
    assert act(outbox.claim) == [] and not act(outbox.waits)
    later = NOW + outbox.LEASE
    (second,) = act(outbox.claim, now=later)
    assert (first.attempts, second.attempts) == (1, 2)
    act(outbox.finish, first, now=later)  # it came back too late and changes nothing
    assert not rows()[0].done
    act(outbox.finish, second, now=later)
    (row,) = rows()
    assert row.done and row.failure is None and row.available_at.hour == 0


def test_many_workers_share_the_tasks_without_doubles(portal, act):
    for number in range(40):
        act(outbox.enqueue, "notice", "case", f"key {number}")

    def claim_all(_worker):
        mine = []
        while claims := act(outbox.claim, 3):
            mine += [claimed.key for claimed in claims]
        return mine

    with ThreadPoolExecutor(4) as workers:
        claimed = [key for mine in workers.map(claim_all, range(4)) for key in mine]
    assert sorted(claimed) == sorted({f"key {number}" for number in range(40)})


def test_waits_grow_and_end_with_the_reason_kept(act, rows):
    act(outbox.enqueue, "notice", "case", "key")
    now, waits = NOW, []
    while True:
        (claimed,) = act(outbox.claim, now=now)
        if not act(outbox.postpone, claimed, "mail_server_unreachable", now=now):
            break
        waits.append(rows()[0].available_at - now)
        assert act(outbox.claim, now=now) == []
        now += waits[-1]
    assert waits == sorted(waits) and len(waits) == len(outbox.WAITS)
    assert rows()[0].done and rows()[0].failure == "mail_server_unreachable"


def test_old_tasks_are_forgotten_but_not_those_that_failed(act, rows):
    for key, failure in (("good", None), ("bad", "address_refused")):
        act(outbox.enqueue, "notice", "case", key)
        act(outbox.finish, act(outbox.claim)[0], failure)
    act(outbox.forget_done, now=NOW + timedelta(days=29))
    assert len(rows()) == 2
    act(outbox.forget_done, now=NOW + timedelta(days=32))
    assert [row.key for row in rows()] == ["bad"]
