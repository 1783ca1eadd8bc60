"""What a report says, opened for whoever holds its keys: the statement and who the person is."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.services.writings import Writing

KINDS = frozenset({"statement", "identity"})


@dataclass(frozen=True)
class Statement:
    """What happened and what is wanted, in the person's own words; `wanted` are ids of remedies."""

    happened: str
    system: str
    for_whom: str
    age: str
    since: str
    wanted: tuple[str, ...]
    wish: str
    links: tuple[str, ...]


@dataclass(frozen=True)
class Identity:
    """Who the person is, as far as they said, and how they can be reached safely."""

    name: str
    contact: str
    safe_way: str


@dataclass(frozen=True)
class Content:
    """The report as this session may read it; None where it holds no key or nothing was said."""

    statement: Statement | None
    identity: Identity | None


def read_content(written: Iterable[Writing]) -> Content:
    """The newest statement and identity among what was written, given oldest first."""
    said = {each.part.kind: json.loads(each.text) for each in written if each.part.kind in KINDS}
    statement, identity = said.get("statement"), said.get("identity")
    return Content(_statement(statement) if statement else None, _identity(identity) if identity else None)


def _statement(said: Mapping[str, Any]) -> Statement:
    return Statement(
        happened=said.get("happened") or "",
        system=said.get("system") or "",
        for_whom=said.get("for_whom") or "",
        age=said.get("age") or "",
        since=said.get("since") or "",
        wanted=tuple(said.get("wanted") or ()),
        wish=said.get("wish") or "",
        links=tuple(said.get("links") or ()),
    )


def _identity(said: Mapping[str, Any]) -> Identity:
    return Identity(said.get("name") or "", said.get("contact") or "", said.get("safe_way") or "")
