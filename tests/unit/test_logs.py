"""Logs: nothing that could lead to a person passes the scrubber, whichever way it comes."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from app.logs import configure_logs, scrub

CODE = "1234567890123456789012345678"
SENSITIVE_TEXTS = [
    CODE,
    "1234 5678 9012 3456 7890 1234 5678",
    "1234-5678-9012-3456-7890-1234-5678",
    "1234 \u2066 5678_9012\u200e3456",
    "".join(chr(0x0660 + int(digit)) for digit in CODE),
    "".join(chr(0x06F0 + int(digit)) for digit in CODE),
    "".join(chr(0x0966 + int(digit)) for digit in CODE),
    "198.51.100.7",
    "198.51.100.7:4711",
    "2001:db8::8a2e:370:7334",
    "2001:0db8:0000:0000:0000:8a2e:0370:7334",
    "::ffff:198.51.100.7",
    "fe80::1",
    "::1",
    "amina@example.org",
    "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0",
    "?q=amina",
    "?next=%2Fen%2Fcase&name=amina",
    "4Zq8vJ0bK1hYwS-7uQp2XcR_nE5mTgLd9aFiVoB3tHs",
]
HARMLESS_TEXTS = [
    "Booting worker with pid: 4711",
    "case 0f8fad5bd9cb469fa16570867728950e moved to screening",
    "RC-7K2M9QXW",
    "2026-11-24",
    "outbox: 3 sent, 1 failed, 120 left",
    "sha256 checked? yes",
    "/en/desk/cases",
    "10:30",
]
DROPPED = [
    "remote_addr",
    "REMOTE_ADDR",
    "user_agent",
    "User-Agent",
    "HTTP_USER_AGENT",
    "HTTP_X_FORWARDED_FOR",
    "X-Real-IP",
    "cookie",
    "code",
    "email",
    "query_string",
    "password",
]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """A stream that holds what this process logs, with the logging as it was put back afterwards."""
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    level = root.level
    stream = io.StringIO()
    configure_logs(stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()


def only_line(stream: io.StringIO) -> dict[str, Any]:
    lines = stream.getvalue().splitlines()
    assert len(lines) == 1
    line: dict[str, Any] = json.loads(lines[0])
    return line


@pytest.mark.parametrize("text", SENSITIVE_TEXTS)
def test_sensitive_text_is_cut_out_everywhere(log: io.StringIO, text: str) -> None:
    structlog.get_logger("app.x").info(
        f"before {text} after", path=f"/en/x {text}", deep={"a": [{text: text}]}
    )
    logging.getLogger("library").warning("before %s after", text)
    written = log.getvalue()
    assert text not in written
    assert "amina" not in written
    first = json.loads(written.splitlines()[0])
    assert first["event"].startswith("before [removed]")


@pytest.mark.parametrize("text", HARMLESS_TEXTS)
def test_harmless_text_stays(text: str) -> None:
    assert scrub(None, "info", {"event": text}) == {"event": text}


@pytest.mark.parametrize("name", DROPPED)
def test_sensitive_field_is_dropped_wherever_it_is(log: io.StringIO, name: str) -> None:
    structlog.get_logger("app.x").info("asked", **{name: "amina"}, request={"deep": [{name: "amina"}]})
    assert "amina" not in log.getvalue()
    assert name not in only_line(log)


def test_numbers_and_objects_cannot_carry_a_code(log: io.StringIO) -> None:
    class Person:
        def __repr__(self) -> str:
            return "amina"

    structlog.get_logger("app.x").info("asked", number=int(CODE), who=Person(), count=3, share=0.5, on=True)
    line = only_line(log)
    assert line["number"] == "[removed]"
    assert line["who"] == "<Person>"
    assert (line["count"], line["share"], line["on"]) == (3, 0.5, True)


@pytest.mark.parametrize("logger", ["app.web", "flask.app", "gunicorn.error", "sqlalchemy.engine"])
def test_an_exception_is_told_without_its_message(log: io.StringIO, logger: str) -> None:
    try:
        raise ValueError("amina wrote this")
    except ValueError:
        logging.getLogger(logger).exception("failed")
    line = only_line(log)
    assert "amina" not in log.getvalue()
    assert line["exception"] == "ValueError"
    assert "test_logs.py" in line["places"][-1]


def test_an_exception_of_our_own_loggers_is_told_without_its_message(log: io.StringIO) -> None:
    try:
        raise ValueError("amina wrote this")
    except ValueError as error:
        structlog.get_logger("app.x").exception("failed")
        structlog.get_logger("app.x").error("failed", exc_info=error)
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert "amina" not in log.getvalue()
    assert [line["exception"] for line in lines] == ["ValueError", "ValueError"]


def test_a_line_tells_its_source_level_and_hour_only(log: io.StringIO) -> None:
    structlog.get_logger("app.jobs").warning("slow")
    line = only_line(log)
    assert (line["event"], line["level"], line["logger"]) == ("slow", "warning", "app.jobs")
    assert len(line["timestamp"]) == len("2026-11-24T10Z")


def test_the_development_server_does_not_log_requests(log: io.StringIO) -> None:
    logging.getLogger("werkzeug").info("GET /en/report")
    assert log.getvalue() == ""


def test_a_line_is_one_line(log: io.StringIO) -> None:
    structlog.get_logger("app.x").info("first\nsecond")
    assert only_line(log)["event"] == "first\nsecond"


@pytest.mark.parametrize("name", ["gunicorn.error", "flask.app", "werkzeug"])
def test_a_library_that_set_up_its_own_log_loses_it(name: str) -> None:
    own, scrubbed = io.StringIO(), io.StringIO()
    logger = logging.getLogger(name)
    logger.addHandler(logging.StreamHandler(own))
    logger.propagate = False
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        configure_logs(scrubbed)
        logger.error("request from ip=198.51.100.7")
    finally:
        root.handlers[:] = before
        root.setLevel(level)
        structlog.reset_defaults()
    assert own.getvalue() == ""
    assert only_line(scrubbed)["event"] == "request from ip=[removed]"
