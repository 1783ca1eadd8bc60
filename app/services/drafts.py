"""Drafts: a report being written, sealed under the cookie's token; each page saves its own answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypedDict

from app.domain.errors import Conflict
from app.models.types import new_id
from app.services import sessions
from app.services.context import Context

DECIDE_WHO_READS = frozenset({"system", "harm"})


class FileKeys(TypedDict):
    """The keys of a file, in hex: of the copy that others see and of the original; and its size in bytes."""

    shown: str
    original: str
    size: int


class Sent(TypedDict):
    """What a draft becomes once it is sent: nothing of the report is left in it."""

    reference: str
    code: str
    receipt: str
    flags: list[str]
    harms: list[str]
    filed_on: str


@dataclass(frozen=True)
class Draft:
    """What the person has answered so far, page by page."""

    case_id: str
    answers: Mapping[str, Mapping[str, Any]] = field(repr=False)
    files: Mapping[str, FileKeys] = field(repr=False)
    sent: Sent | None = field(default=None, repr=False)

    def page(self, name: str) -> Mapping[str, Any]:
        """The answers of one page, empty if it was not answered."""
        return self.answers.get(name, {})


def start(ctx: Context) -> str:
    """Begin a report and return the token for its cookie."""
    return sessions.open_draft(ctx, {"case_id": new_id(), "answers": {}, "files": {}, "sent": None})


def find(ctx: Context, token: str) -> Draft | None:
    """The draft that a token opens, or None if it was ended or its time is over."""
    content = sessions.find_draft(ctx, token)
    return None if content is None else Draft(**content)


def lock(ctx: Context, token: str) -> Draft:
    """The draft, kept from others until the transaction ends; raises NotFound."""
    return Draft(**sessions.lock_draft(ctx, token))


def update(ctx: Context, token: str, page: str, answers: Mapping[str, Any]) -> Draft:
    """Save one page's answers beside those of the others; raises NotFound, or Conflict once it is sent.

    Another system or harm changes who would read the report, so what was agreed to is asked anew.
    """
    draft = lock_unsent(ctx, token)
    kept = {**draft.answers, page: answers}
    if page in DECIDE_WHO_READS and draft.page(page) != answers:
        kept.pop("sharing", None)
    changed = Draft(draft.case_id, kept, draft.files)
    save(ctx, token, changed)
    return changed


def lock_unsent(ctx: Context, token: str) -> Draft:
    """The draft as by `lock`; raises Conflict (`draft_sent`) once it is sent."""
    draft = lock(ctx, token)
    if draft.sent:
        raise Conflict("draft_sent")
    return draft


def save(ctx: Context, token: str, draft: Draft) -> None:
    """Replace what a locked draft holds."""
    content = {
        "case_id": draft.case_id,
        "answers": draft.answers,
        "files": draft.files,
        "sent": draft.sent,
    }
    sessions.save_draft(ctx, token, content)


def end(ctx: Context, token: str) -> None:
    """Forget the draft; its files are taken away by the purge."""
    sessions.end_draft(ctx, token)
