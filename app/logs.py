"""Logs: one JSON line an event, scrubbed of whatever could lead to a person before it is written.

Rule 1: fields that name a person's connection or hold a secret are dropped, wherever they are nested.
Rule 2: addresses, e-mails, case codes, tokens and query strings are cut out of every text that stays.
Rule 3: an exception is told by its type and places only: its message may hold what somebody typed.
Rule 4: everything goes through here, the lines of libraries and of the web server too.
"""

import logging
import re
import sys
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict

DROPPED_FIELDS = {
    "authorization",
    "client",
    "client_addr",
    "code",
    "cookie",
    "email",
    "forwarded",
    "headers",
    "host",
    "ip",
    "password",
    "peer",
    "query",
    "query_string",
    "referer",
    "referrer",
    "remote_addr",
    "set_cookie",
    "token",
    "user_agent",
    "x_forwarded_for",
    "x_real_ip",
}
REMOVED = "[removed]"
LARGEST_NUMBER = 10**11
# `\d` matches the digits of every script.
SENSITIVE = re.compile(
    r"""
      (?P<row_id> \b (?=\w*[a-f]) [0-9a-f]{32} \b)   # kept: the id of a row, random and no secret
    | [\w.+%-]+ @ [\w-]+ (?:\.[\w-]+)+               # an e-mail address
    | \? [^\s"'<>]* = [^\s"'<>]*                     # a query string
    | Mozilla/ [^\n"]*                               # a browser's name for itself
    | (?<![\w:]) (?:[0-9a-f]{0,4}:){2,7}             # an IPv6 address,
      (?:[0-9a-f]{1,4} | (?<=::))                    # or one that ends in ::,
      (?:\.\d{1,3}){0,3} (?![\w:])                   # or in an IPv4 address
    | (?<![\d.]) \d{1,3} (?:\.\d{1,3}){3} (?!\d)     # an IPv4 address
    | \d (?:[\W_]{0,3}\d){11,}                       # twelve digits or more: a case code, a phone number
    | (?<![\w-]) (?=[\w-]*[g-z_-]) (?=[\w-]*\d) [\w-]{40,} (?![\w-])    # a random token
    """,
    re.VERBOSE | re.IGNORECASE,
)


def configure_logs(stream: TextIO | None = None) -> None:
    """Send every log of this process through the scrubber to `stream` (standard error), as JSON lines."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_make_formatter())
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    for name in ("gunicorn.error", "gunicorn.access", "werkzeug", "flask.app", "app"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    # The development server's lines hold addresses and paths with every request.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    for talkative in ("alembic", "pikepdf"):  # they greet at every start
        logging.getLogger(talkative).setLevel(logging.WARNING)
    structlog.configure(
        processors=[structlog.stdlib.add_log_level, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _make_formatter() -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.add_log_level],
        processors=[
            # No exact time: a line may be the trace of a reporter's action.
            structlog.processors.TimeStamper(fmt="%Y-%m-%dT%HZ", utc=True),
            _name_logger,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            describe_exception,
            scrub,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=_safe_repr),
        ],
    )


def _name_logger(_logger: Any, _method: str, event: EventDict) -> EventDict:
    event["logger"] = event["_record"].name
    return event


def describe_exception(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Put the exception's type and the places it passed in place of its message (rule 3)."""
    given = event.pop("exc_info", None)
    event.pop("stack_info", None)
    error = sys.exc_info() if given is True else given
    if isinstance(error, BaseException):
        error = (type(error), error, error.__traceback__)
    if error and error[0]:
        event["exception"] = error[0].__name__
        event["places"] = _places(error[2])
    return event


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)
    return [f"{frame.filename}, line {frame.lineno}, in {frame.name}" for frame in frames]


def scrub(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Drop the fields that may not be kept and clean the others (rules 1 and 2)."""
    return _scrub_mapping(event)


def _scrub_mapping(fields: Mapping[Any, Any]) -> dict[str, Any]:
    kept = {str(name): value for name, value in fields.items() if not _is_dropped(str(name))}
    return {_scrub_text(name): _scrub_value(value) for name, value in kept.items()}


def _is_dropped(name: str) -> bool:
    return name.lower().replace("-", "_").removeprefix("http_") in DROPPED_FIELDS


def _scrub_value(value: Any) -> Any:
    if isinstance(value, bool | int | float | None):
        return value if value is None or abs(value) < LARGEST_NUMBER else REMOVED
    if isinstance(value, Mapping):
        return _scrub_mapping(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_scrub_value(item) for item in value]
    return _scrub_text(value) if isinstance(value, str) else _safe_repr(value)


def _scrub_text(text: str) -> str:
    return SENSITIVE.sub(lambda found: found["row_id"] or REMOVED, text)


def _safe_repr(value: Any) -> str:
    # What an object prints of itself may hold anything, so only its kind is told.
    return f"<{type(value).__name__}>"
