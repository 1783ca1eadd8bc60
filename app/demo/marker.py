"""The file that makes an instance folder a demo's: production refuses to start beside it.

It holds the second factors of the demo's accounts and some case codes, all of them invented for show.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Account:
    """A demo account as it is shown."""

    name: str
    email: str
    organisation: str
    roles: list[str]
    totp_seed: str


@dataclass(frozen=True)
class ShownCase:
    """A report whose code the demo hands out."""

    language: str
    state: str
    reference: str
    code: str


@dataclass(frozen=True)
class Marker:
    """What the file says; not `ready` while the data is being loaded."""

    ready: bool
    accounts: list[Account]
    cases: list[ShownCase]


def find_marker(path: Path) -> Marker | None:
    """What the file at `path` says, None if there is none."""
    if not path.exists():
        return None
    said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    accounts = [Account(**each) for each in said["accounts"]]
    return Marker(said["ready"], accounts, [ShownCase(**each) for each in said["cases"]])


def write_marker(path: Path, marker: Marker) -> None:
    """Put the file there, whole, readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(marker), file, indent=2, ensure_ascii=False)
    temporary.replace(path)
