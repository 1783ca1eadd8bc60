"""Slowed attempts: after some failures the next try must wait, longer each time; nothing is locked for good.

The key of a row is a keyed hash of what was tried (an account), so that the table names nobody.
"""

import hmac
from datetime import timedelta

from sqlalchemy import delete

from app.crypto.site import site_keys
from app.domain.errors import TooManyAttempts
from app.models import Throttle
from app.services import locks
from app.services.context import Context

FREE_FAILURES = 4
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=5)


def key_for(ctx: Context, kind: str, name: str) -> str:
    """The throttle key of one account or address of attempts."""
    secret = site_keys(ctx.portal.secrets, "throttle")[0]
    return hmac.digest(secret, f"{kind}:{name}".encode(), "sha256").hex()


def take_turn(ctx: Context, key: str) -> None:
    """Wait for whoever tries the same, then as `require_free`: many tries at once count one by one."""
    locks.hold(ctx, key)
    require_free(ctx, key)


def require_free(ctx: Context, key: str) -> None:
    """Raise TooManyAttempts (with the seconds to wait) while earlier failures still slow this key."""
    row = ctx.session.get(Throttle, key)
    if row is not None and row.blocked_until > ctx.now:
        raise TooManyAttempts(seconds=int((row.blocked_until - ctx.now).total_seconds()) + 1)


def count_failure(ctx: Context, key: str) -> None:
    """Remember one more failure; from the fifth on, the wait doubles up to five minutes."""
    row = ctx.session.get(Throttle, key) or Throttle(id=key, failures=0)
    row.failures += 1
    beyond = row.failures - FREE_FAILURES
    wait = timedelta(0) if beyond <= 0 else min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(beyond - 1, 10))
    row.blocked_until = ctx.now + wait
    ctx.session.add(row)


def clear(ctx: Context, key: str) -> None:
    """Forget the failures of a key after a success."""
    ctx.session.execute(delete(Throttle).where(Throttle.id == key))
