"""Who asks: cookies whose tokens open sessions, and the actor and keys that a request works with.

A cookie holds a random token and, signed, the moment it was last used; the idle limit is checked on that,
so that no row tells when somebody was here.
"""

from typing import Any

from flask import Flask, Response, current_app, g, request
from itsdangerous import BadSignature, TimestampSigner

from app.services import sessions
from app.services.context import Actor, ActorKind, Vault
from app.web.unit import portal, reading, writing

DRAFT, CASE, DESK, JOIN = "rc_draft", "rc_case", "rc_desk", "rc_join"
KINDS = {CASE: "reporter", DESK: "member"}
IDLE_SECONDS = {CASE: 20 * 60, DESK: 30 * 60, JOIN: 60 * 60}


def init_app(app: Flask) -> None:
    """Write the cookies that a request set, renewed or ended into its response."""
    app.after_request(_write_cookies)


def load_reporter() -> bool:
    """Make the reporter of the case cookie the actor; False if there is no living session."""
    held = _session(CASE)
    if held is None:
        return False
    g.actor = Actor(
        ActorKind.REPORTER,
        roles=frozenset({"affected_person"}),
        reporter_id=held["reporter_id"],
        case_id=held["case_id"],
    )
    g.vault = Vault(held["reporter_id"], bytes.fromhex(held["private_key"]))
    return True


def load_staff() -> bool:
    """Make the signed-in member the actor; False if there is no living session."""
    held = _session(DESK)
    if held is None:
        return False
    g.actor = Actor(
        ActorKind.MEMBER,
        roles=frozenset(held["roles"]),
        organisation_id=held["organisation_id"],
        member_id=held["member_id"],
    )
    keys = (bytes.fromhex(held["private_key"]), bytes.fromhex(held["symmetric_key"]))
    g.vault = Vault(held["organisation_id"], *keys)
    return True


def token(cookie: str) -> str | None:
    """The token in a cookie, if it is ours and was used within its limit."""
    return _token(cookie, IDLE_SECONDS.get(cookie, portal().settings.draft_hours * 3600))


def set_token(cookie: str, value: str | None) -> None:
    """Set a cookie with this response, or end it with None."""
    g.setdefault("cookies", {})[cookie] = value


def end_reporter_sessions() -> None:
    """End the draft and the case session of this browser: the rows go, the cookies go."""
    with writing() as ctx:
        for cookie, end in ((DRAFT, sessions.end_draft), (CASE, sessions.end_session)):
            held = _token(cookie)  # also one that was idle too long: its row is still there
            if held:
                end(ctx, held)
            set_token(cookie, None)


def end_desk_session() -> None:
    """Sign this browser's member out."""
    held = token(DESK)
    if held:
        with writing() as ctx:
            sessions.end_session(ctx, held)
    set_token(DESK, None)


def _session(cookie: str) -> dict[str, Any] | None:
    held = token(cookie)
    if held is None:
        return None
    with reading() as ctx:
        content = sessions.find_session(ctx, KINDS[cookie], held)
    if content is not None:
        set_token(cookie, held)  # renews the signed moment of last use
    return content


def _signer(cookie: str) -> TimestampSigner:
    # The last key signs; older ones still open what was signed before a rotation, so that no draft is lost.
    older = reversed(current_app.config["SECRET_KEY_FALLBACKS"])
    return TimestampSigner([*older, current_app.secret_key or ""], salt=cookie)


def _token(cookie: str, limit: int | None = None) -> str | None:
    try:
        return _signer(cookie).unsign(request.cookies.get(_name(cookie), ""), max_age=limit).decode()
    except BadSignature:
        return None


def _secure() -> bool:
    """Whether this answer's cookies are kept to HTTPS; an onion service has none and needs none."""
    return portal().settings.uses_https and not request.host.endswith(".onion")


def _name(cookie: str) -> str:
    # With this prefix browsers take the cookie from this very host alone, not from a sibling's.
    return f"__Host-{cookie}" if _secure() else cookie


def _write_cookies(response: Response) -> Response:
    for cookie, value in g.get("cookies", {}).items():
        if value is None:
            response.delete_cookie(_name(cookie), secure=_secure(), httponly=True, samesite="Strict")
            continue
        response.set_cookie(
            _name(cookie),
            _signer(cookie).sign(value).decode(),
            max_age=portal().settings.draft_hours * 3600 if cookie == DRAFT else None,
            secure=_secure(),
            httponly=True,
            samesite="Strict",
        )
    return response
