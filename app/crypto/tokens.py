"""The random token of a cookie, which opens the blobs of a session or a draft.

Rule 1: the row alone opens nothing: the database knows only a hash of the token.
Rule 2: the cookie alone opens nothing: the sealed blobs lie in the row.
Rule 3: the look-up id tells nothing of the key; both come from the token by different functions.
"""

import hashlib
import secrets

from app.crypto.kdf import subkey

_TOKEN_BYTES = 32


def new_token() -> str:
    """Return a new random token of 256 bits, safe in a cookie."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def token_id(token: str) -> str:
    """Return the 64 hex characters under which a token's row is found (rule 1)."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_key(token: str) -> bytes:
    """Return the 32-byte key that seals the blobs of a token's row (rules 2 and 3)."""
    return subkey(token.encode(), "token key")
