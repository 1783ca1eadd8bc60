"""The worker: word of news by e-mail, whatever happens to the mail server; the purge; the daily anchor."""

import socket
import threading
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import func, select, update
from structlog.testing import capture_logs

from app.jobs import worker
from app.models import AuditAnchor, Draft, Evidence, OutboxItem, Session
from app.services import notices, outbox, sessions
from app.services.context import SYSTEM, Context
from tests.cases import file_case

ADDRESS = "canary.noor@example.org"


class Inbox:
    """A mail server's letters; `answer` is what it says to each."""

    def __init__(self):
        self.letters = []
        self.answer = "250 kept"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.letters.append((envelope.mail_from, envelope.rcpt_tos, envelope.content.decode()))
        return "250 kept"


@pytest.fixture
def inbox():
    held = Inbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(held, hostname="127.0.0.1", port=port)
    controller.start()
    held.url = f"smtp://127.0.0.1:{port}"
    yield held
    controller.stop()


@pytest.fixture
def told(portal, people):
    """A case whose person wants word, and the word asked for."""
    filed = file_case(portal)
    with portal.database.transaction() as session:
        ctx = filed.context(session, portal, datetime.now(UTC))
        notices.set_address(ctx, filed.case_id, ADDRESS, "fr")
        notices.tell(ctx, filed.case_id, 1)
        notices.tell(ctx, filed.case_id, 1)
    return filed


def with_mail(portal, url):
    settings = portal.settings.model_copy(update={"smtp_url": url})
    return type(portal)(settings, portal.secrets, portal.database, portal.reference, portal.store)


def outcome(portal):
    with portal.database.reading() as session:
        return tuple(session.execute(select(OutboxItem.done, OutboxItem.failure)).one())


def make_due(portal):
    with portal.database.transaction() as session:
        session.execute(update(OutboxItem).values(available_at=datetime.now(UTC) - timedelta(days=1)))


def test_word_is_sent_once_and_says_nothing(portal, told, inbox):
    mailing = with_mail(portal, inbox.url)
    assert worker.do_next(mailing) and not worker.do_next(mailing)
    ((sender, to, content),) = inbox.letters
    assert to == [ADDRESS] and sender == "post@127.0.0.1"
    for word in ("ecourse", "http", told.case_id, "RC-", "AI", "harm"):
        assert word not in content
    assert outcome(portal) == (True, None)


def test_a_dead_server_delays_and_loses_nothing(portal, told, inbox, capsys):
    assert worker.do_next(with_mail(portal, "smtp://127.0.0.1:9"))
    assert outcome(portal) == (False, "mail_server_unreachable")
    assert not worker.do_next(with_mail(portal, inbox.url)), "it waits first"
    make_due(portal)
    worker.do_next(with_mail(portal, inbox.url))
    assert len(inbox.letters) == 1 and outcome(portal) == (True, None)
    assert "canary" not in "".join(capsys.readouterr())


def test_it_is_given_up_loudly(portal, told):
    dead = with_mail(portal, "smtp://127.0.0.1:9")
    with capture_logs() as lines:
        for _ in range(len(outbox.WAITS) + 1):
            assert not outcome(portal)[0]
            make_due(portal)
            worker.do_next(dead)
    assert outcome(portal) == (True, "mail_server_unreachable")
    assert [each["log_level"] for each in lines if each["event"] == "task_given_up"] == ["error"]


@pytest.mark.parametrize(("answer", "done"), [("550 nobody", True), ("450 later", False)])
def test_an_address_that_is_refused_for_good_is_not_tried_again(portal, told, inbox, answer, done):
    inbox.answer = answer
    worker.do_next(with_mail(portal, inbox.url))
    assert outcome(portal) == (done, "address_refused")


def test_a_crash_after_sending_sends_once_more_with_the_same_id(portal, told, inbox, monkeypatch):
    mailing = with_mail(portal, inbox.url)
    with monkeypatch.context() as patched, pytest.raises(SystemExit):
        patched.setattr(outbox, "finish", lambda *_: (_ for _ in ()).throw(SystemExit))
        worker.do_next(mailing)
    assert outcome(portal) == (False, None) and not worker.do_next(mailing), "the lease still runs"
    make_due(portal)
    worker.do_next(mailing)
    ids = [line for _, _, text in inbox.letters for line in text.splitlines() if "Message-ID" in line]
    assert len(ids) == 2 and ids[0] == ids[1] and outcome(portal) == (True, None)


def test_without_a_mail_server_or_an_address_it_is_over_at_once(portal, told):
    worker.do_next(portal)
    assert outcome(portal) == (True, "no_mail_server")
    with portal.database.transaction() as session:
        ctx = told.context(session, portal, datetime.now(UTC))
        notices.remove_address(ctx, told.case_id)
        notices.tell(ctx, told.case_id, 2)
    worker.do_next(with_mail(portal, "smtp://127.0.0.1:9"))
    with portal.database.reading() as session:
        assert session.scalar(select(func.count()).where(OutboxItem.done)) == 2


def test_a_server_elsewhere_must_speak_tls(portal, told, inbox, monkeypatch):
    monkeypatch.setattr("app.jobs.mail.LOOPBACK_HOSTS", set())
    worker.do_next(with_mail(portal, inbox.url))
    assert outcome(portal) == (False, "mail_server_without_tls") and inbox.letters == []


def run_worker_until(portal, reached):
    stop = threading.Event()
    thread = threading.Thread(target=worker.work, args=(portal, stop))
    thread.start()
    for _ in range(100):
        if reached():
            break
        threading.Event().wait(0.1)
    stop.set()
    thread.join(10)
    assert not thread.is_alive() and reached()


def test_the_worker_purges_and_anchors_by_itself_and_stops_when_asked(portal, people):
    long_ago = datetime.now(UTC) - timedelta(days=2)
    with portal.database.transaction() as session:
        ctx = Context(session, portal, SYSTEM, long_ago)
        sessions.open_session(ctx, "reporter", {})
        sessions.open_draft(ctx, {})
        draft = session.scalars(select(Draft.id)).one()
        loose = {"number": 1, "by": "reporter", "added_on": ctx.today, "facts": b"", "draft_id": draft}
        for name in ("a" * 32, "b" * 32):
            portal.store.put_stream(name, [b"sealed"])
        session.add(Evidence(**loose, original_name="a" * 32, shown_name="b" * 32))

    def rows_left():
        with portal.database.reading() as session:
            counts = [
                session.scalar(select(func.count()).select_from(each)) for each in (Session, Draft, Evidence)
            ]
            return counts, session.scalar(select(func.count()).select_from(AuditAnchor))

    run_worker_until(portal, lambda: rows_left() == ([0, 0, 0], 1))
    with pytest.raises(Exception, match="evidence_missing"):
        portal.store.get_stream("a" * 32)


def test_many_workers_ask_for_the_periodic_tasks_once(portal):
    for _ in range(3):
        with portal.database.transaction() as session:
            worker.periodic.schedule(Context(session, portal, SYSTEM, datetime.now(UTC)))
    with portal.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(OutboxItem)) == 2


def test_trouble_with_the_database_does_not_end_the_worker(portal, people, monkeypatch):
    calls = []

    def fail(_portal):
        calls.append(1)
        raise RuntimeError

    monkeypatch.setattr(worker, "do_next", fail)
    monkeypatch.setattr(worker, "PAUSE_AFTER_TROUBLE_SECONDS", 0.01)
    run_worker_until(portal, lambda: len(calls) > 2)
