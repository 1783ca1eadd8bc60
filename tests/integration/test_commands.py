"""The operator's commands, run as at the command line."""

import base64
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import delete, select, update

from app import create_app
from app.crypto.receipts import Receipt, sign_receipt
from app.models import AuditAnchor, AuditEntry
from app.services import anchors, audit
from app.services.context import SYSTEM, Context
from app.services.members import Choice, join
from config import ROOT
from tests.conftest import NOW, make_settings
from tests.people import PASSWORD, enrol_people


@pytest.fixture
def app(tmp_path, database_url):
    made = create_app(make_settings(tmp_path, database_url))
    yield made
    made.extensions["recourse"].database.close()


@pytest.fixture
def portal(app):
    return app.extensions["recourse"]


@pytest.fixture
def run(app):
    """`run("audit", "verify")`: the command's exit code and everything it printed."""

    def call(*words):
        result = app.test_cli_runner().invoke(args=[str(word) for word in words])
        return result.exit_code, result.output

    return call


@pytest.fixture
def chains(portal):
    """People who joined, and an anchor over what they did on each of two days."""
    for days in (0, 1):
        with portal.database.transaction() as session:
            ctx = Context(session, portal, SYSTEM, NOW + timedelta(days=days))
            if not days:
                enrol_people(ctx)
            audit.record(ctx, "organisation:x", "organisation:test:done")
            anchors.anchor_today(ctx)
            anchors.anchor_today(ctx)


def change(portal, statement):
    with portal.database.transaction() as session:
        session.execute(statement)


def test_whole_chains_are_said_to_hold(run, chains):
    assert run("audit", "verify") == (0, "Every audit chain holds, and every anchor.\n")


def test_one_changed_row_is_named(run, chains, portal):
    with portal.database.reading() as session:
        row = session.scalars(select(AuditEntry).where(AuditEntry.number == 3)).first()
        chain, entry_id = row.chain, row.id
    change(
        portal, update(AuditEntry).where(AuditEntry.id == entry_id).values(action="organisation:nothing:done")
    )
    code, said = run("audit", "verify")
    assert code == 1 and f"row 3 (id {entry_id}) of chain {chain} was changed" in said


def test_a_chain_that_was_cut_short_is_told_by_the_anchor(run, chains, portal):
    change(portal, delete(AuditEntry).where(AuditEntry.chain == "organisation:x", AuditEntry.number == 2))
    code, said = run("audit", "verify")
    assert code == 1 and "row 2 of chain organisation:x is missing" in said


def test_a_chain_that_was_written_anew_is_told_by_the_anchor(run, chains, portal):
    with portal.database.transaction() as session:
        for row in session.scalars(select(AuditEntry).where(AuditEntry.chain == "organisation:x")):
            row.actor, row.previous = "nobody", audit.START if row.number == 1 else row.previous
            row.digest = audit.digest_of(row)
            session.execute(
                update(AuditEntry)
                .where(AuditEntry.chain == row.chain, AuditEntry.number == row.number + 1)
                .values(previous=row.digest)
            )
            session.flush()
            session.expire_all()
    code, said = run("audit", "verify")
    assert code == 1 and "row 1 of chain organisation:x" in said and "daily anchor" in said


def test_a_changed_anchor_is_named(run, chains, portal):
    change(portal, update(AuditAnchor).where(AuditAnchor.on == NOW.date()).values(heads={"chains": {}}))
    code, said = run("audit", "verify")
    assert code == 1 and f"anchor:{NOW.date()} was changed" in said


def test_the_second_anchor_lists_what_grew(chains, portal):
    with portal.database.reading() as session:
        first, second = session.scalars(select(AuditAnchor).order_by(AuditAnchor.on))
        assert second.previous == first.digest
        assert second.heads["chains"]["organisation:x"][0] == 2
        assert second.heads["up_to"] == first.heads["up_to"] + 1


def test_a_receipt_is_checked_with_the_portals_key_or_another(run, portal, tmp_path):
    receipt, key = tmp_path / "receipt.txt", tmp_path / "key.txt"
    signing = portal.secrets.receipt_signing_key
    receipt.write_text(sign_receipt(signing, Receipt("https://recourse.example", NOW.date(), "ab" * 32)))
    code, printed = run("receipt", "key")
    key.write_text(printed)
    for words in ((), ("--key", key)):
        code, said = run("receipt", "verify", receipt, *words)
        assert code == 0 and "reached https://recourse.example on 2026-11-24" in said
    key.write_text(base64.b64encode(bytes(32)).decode())
    assert run("receipt", "verify", receipt, "--key", key)[0] == 1
    key.write_text("nonsense")
    assert "holds no key" in run("receipt", "verify", receipt, "--key", key)[1]
    receipt.write_text(receipt.read_text().replace("2026", "2025"))
    code, said = run("receipt", "verify", receipt)
    assert code == 1 and "no receipt that was signed with this key" in said


def test_an_organisation_is_entered_and_its_manager_joins_with_the_code(run, portal):
    words = ("--manager-name", "Ines", "--manager-email", "ines@new.example")
    code, said = run("organisation", "add", "New Company", "--kind", "respondent", *words)
    typed = said.split("\n\n")[1]
    assert code == 0
    with portal.database.transaction() as session:
        now = datetime.now(UTC)
        ctx = Context(session, portal, SYSTEM, now)
        seed = pyotp.random_base32()
        assert join(ctx, typed, Choice(PASSWORD, seed, pyotp.TOTP(seed).at(now), "en")).kit


def test_a_portal_has_one_host(run, chains):
    words = ("--manager-name", "Ines", "--manager-email", "ines@new.example")
    code, said = run("organisation", "add", "Second", "--kind", "host", *words)
    assert code == 1 and "host_exists" in said


def test_demo_commands_say_what_is_missing(run):
    for words in (("show",), ("code", "amina"), ("prepare",)):
        code, said = run("demo", *words)
        assert code == 1 and said.startswith("Error: ") and "Traceback" not in said


def test_the_worker_ends_cleanly_when_told_to(tmp_path, sqlite_url):
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "work"]
    environment = os.environ | {
        "RECOURSE_ENV": "test",
        "RECOURSE_INSTANCE": str(tmp_path),
        "DATABASE_URL": sqlite_url,
    }
    worker = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        assert "no_mail_server" in worker.stderr.readline()
        time.sleep(0.5)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(10) == 0
    finally:
        worker.kill()
        worker.stderr.close()
