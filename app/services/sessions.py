"""Sessions and drafts: sealed rows that open with the cookie's token and with nothing else.

Rules:
1. The row's id is a hash of the token; the token itself is never stored.
2. The content is sealed under a key derived from the token and bound to the row.
3. Nothing exact is kept: a row's end is rounded up to the hour, idle time lives in the signed cookie.
"""

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from app.crypto import aead, padding, tokens
from app.domain.errors import NotFound
from app.models import Draft, Session
from app.services.context import Context

SESSION_HOURS = {"member": 12, "reporter": 2, "joining": 1}


def open_session(ctx: Context, kind: str, content: dict[str, Any], member_id: str | None = None) -> str:
    """Add a session and return the token for its cookie."""
    token = tokens.new_token()
    row = Session(id=tokens.token_id(token), kind=kind, member_id=member_id)
    row.content = _seal(token, "session", content)
    row.expires_at = _hour_after(ctx.now + timedelta(hours=SESSION_HOURS[kind]))
    ctx.session.add(row)
    return token


def find_session(ctx: Context, kind: str, token: str) -> dict[str, Any] | None:
    """What a living session holds, or None when token, kind or time do not fit."""
    return _find(ctx, Session, token, Session.kind == kind)


def end_session(ctx: Context, token: str) -> None:
    """Delete a session; an unknown token is no error."""
    ctx.session.execute(delete(Session).where(Session.id == tokens.token_id(token)))


def end_sessions_of(ctx: Context, member_id: str) -> None:
    """Sign a member out everywhere."""
    ctx.session.execute(delete(Session).where(Session.member_id == member_id))


def open_draft(ctx: Context, content: dict[str, Any]) -> str:
    """Add a draft that lives for the hours set and return the token for its cookie."""
    token = tokens.new_token()
    row = Draft(id=tokens.token_id(token), content=_seal(token, "draft", content))
    row.expires_at = _hour_after(ctx.now + timedelta(hours=ctx.portal.settings.draft_hours))
    ctx.session.add(row)
    ctx.session.flush()
    return token


def find_draft(ctx: Context, token: str) -> dict[str, Any] | None:
    """What a living draft holds, or None."""
    return _find(ctx, Draft, token)


def lock_draft(ctx: Context, token: str) -> dict[str, Any]:
    """What a living draft holds, its row locked until the transaction ends; raises NotFound."""
    content = _find(ctx, Draft, token, lock=True)
    if content is None:
        raise NotFound("draft")
    return content


def save_draft(ctx: Context, token: str, content: dict[str, Any]) -> None:
    """Replace what a draft holds."""
    sealed = _seal(token, "draft", content)
    ctx.session.execute(update(Draft).where(Draft.id == tokens.token_id(token)).values(content=sealed))


def end_draft(ctx: Context, token: str) -> None:
    """Delete a draft; its files are taken away by the purge."""
    ctx.session.execute(delete(Draft).where(Draft.id == tokens.token_id(token)))


def _find(
    ctx: Context, model: type[Session] | type[Draft], token: str, *also: Any, lock: bool = False
) -> dict[str, Any] | None:
    query = select(model.content).where(model.id == tokens.token_id(token), model.expires_at > ctx.now, *also)
    sealed = ctx.session.scalar(query.with_for_update() if lock else query)
    return None if sealed is None else _open(token, model.__tablename__, sealed)


def _place(token: str, table: str) -> aead.Place:
    return aead.Place(table, "content", tokens.token_id(token), "")


def _seal(token: str, table: str, content: dict[str, Any]) -> bytes:
    return padding.seal_text(tokens.token_key(token), json.dumps(content), _place(token, table))


def _open(token: str, table: str, sealed: bytes) -> dict[str, Any]:
    opened: dict[str, Any] = json.loads(
        padding.open_text(tokens.token_key(token), sealed, _place(token, table))
    )
    return opened


def _hour_after(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
