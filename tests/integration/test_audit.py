"""The audit: a changed, removed or slipped-in row is found and named; reporters' rows carry no time."""

import pytest
from sqlalchemy import delete, select, update

from app.models import AuditEntry
from app.services import audit
from app.services.context import SYSTEM, Actor, ActorKind, Context
from tests.conftest import NOW

REPORTER = Actor(ActorKind.REPORTER, frozenset({"affected_person"}), reporter_id="r1", case_id="c1")


@pytest.fixture
def chains(portal):
    """Two chains of four rows each."""
    with portal.database.transaction() as session:
        for actor, chain in ((REPORTER, "case:c1"), (SYSTEM, "organisation:o1")):
            ctx = Context(session, portal, actor, NOW)
            for number in range(4):
                audit.record(ctx, chain, "case:message:written", f"part{number}", number=number)
    return portal


def broken(portal):
    with portal.database.reading() as session:
        return audit.find_broken(Context(session, portal, SYSTEM, NOW))


def change(portal, statement):
    with portal.database.transaction() as session:
        session.execute(statement)


def test_untouched_chains_hold(chains):
    assert broken(chains) is None


@pytest.mark.parametrize(
    "values", [{"action": "case:message:read"}, {"actor": "system"}, {"facts": {"number": 9}}]
)
def test_an_edited_row_is_named(chains, values):
    row = (AuditEntry.chain == "case:c1", AuditEntry.number == 2)
    change(chains, update(AuditEntry).where(*row).values(**values))
    found = broken(chains)
    assert (found.chain, found.number, found.why) == ("case:c1", 2, "changed")


def test_a_removed_row_is_named(chains):
    change(chains, delete(AuditEntry).where(AuditEntry.chain == "organisation:o1", AuditEntry.number == 3))
    found = broken(chains)
    assert (found.chain, found.number, found.why) == ("organisation:o1", 4, "missing_before")


def test_a_row_with_a_new_digest_breaks_the_next_one(chains):
    with chains.database.transaction() as session:
        row = session.scalars(
            select(AuditEntry).where(AuditEntry.chain == "case:c1", AuditEntry.number == 1)
        ).one()
        row.action = "case:message:read"
        row.digest = audit.digest_of(row)
    found = broken(chains)
    assert (found.chain, found.number, found.why) == ("case:c1", 2, "unlinked")


def test_a_reporters_row_has_the_day_and_no_time(chains):
    with chains.database.reading() as session:
        times = {row.chain: row.at for row in session.scalars(select(AuditEntry))}
    assert (times["case:c1"].hour, times["case:c1"].minute) == (0, 0)
    assert times["organisation:o1"] == NOW
