"""What a report holds, what it must hold, and the protection that it calls for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.errors import InvalidInput

LONGEST_TEXT = 20_000
LONGEST_LINE = 500
MOST_LINKS = 25
_WEB_ADDRESS = re.compile(
    r"\b(?:https?|ftp)://|\bwww\.|\b[\w-]+\.(?:onion|com|net|org|io|me)\b/?", re.IGNORECASE
)


class Safety(StrEnum):
    """Whether the person is safe now."""

    DANGER = "danger"
    UNSURE = "unsure"
    SAFE = "safe"


class ForWhom(StrEnum):
    """Whom the harm hit."""

    ME = "me"
    SOMEONE_ELSE = "someone_else"
    CHILD = "child"
    GROUP = "group"


class Age(StrEnum):
    """How old the person is whom the harm hit; never a date of birth."""

    UNDER_13 = "under_13"
    FROM_13 = "from_13_to_17"
    FROM_18 = "from_18_to_64"
    FROM_65 = "from_65"


@dataclass(frozen=True)
class Identity:
    """Who the person is and how to reach them safely, each only if given; kept apart from the report."""

    name: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)
    safe_way: str = field(default="", repr=False)
    host_may_see: bool = False

    @property
    def given(self) -> bool:
        """Whether there is anything to keep."""
        return bool(self.name or self.contact or self.safe_way)


@dataclass(frozen=True)
class Share:
    """The person's agreement that one organisation reads `covers` (statement, evidence, identity)."""

    organisation_id: str
    covers: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """A whole report; only what happened or one harm is needed. The first harm is the main one."""

    language: str
    happened: str = field(default="", repr=False)
    harms: tuple[str, ...] = ()
    system: str = field(default="", repr=False)  # as typed
    system_id: str | None = None
    safety: Safety | None = None
    for_whom: ForWhom | None = None
    age: Age | None = None
    since: str = field(default="", repr=False)
    wanted: tuple[str, ...] = ()  # ids of remedies
    wish: str = field(default="", repr=False)
    links: tuple[str, ...] = field(default=(), repr=False)
    identity: Identity = Identity()
    shares: tuple[Share, ...] = ()

    @property
    def told(self) -> bool:
        """Whether there is enough to send: a word of what happened, or the choice of a harm."""
        return bool(self.happened.strip() or self.harms)


def flags_of(report: Report, of_harms: Iterable[str]) -> frozenset[str]:
    """The safeguards of a report: those of its harms, and those that its other answers call for."""
    flags = set(of_harms)
    if report.safety is Safety.DANGER:
        flags.add("danger_to_life")
    if report.for_whom is ForWhom.CHILD or report.age in (Age.UNDER_13, Age.FROM_13):
        flags.add("minor")
        if "intimate_image" in flags:
            flags.add("csam")
    return frozenset(flags)


def check_told(report: Report) -> None:
    """Raise `InvalidInput` (`nothing_told`) for a report that says neither what happened nor what harm."""
    if not report.told:
        raise InvalidInput("nothing_told")


def check_without_links(report: Report) -> None:
    """Raise `InvalidInput` (`link_in_text`, with the field) where a report may lead to no material."""
    for name in ("happened", "system", "since", "wish"):
        if _WEB_ADDRESS.search(getattr(report, name)):
            raise InvalidInput("link_in_text", field=name)
