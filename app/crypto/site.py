"""Sealing what the portal itself must be able to read: seeds of second factors, addresses for notices.

Rule 1: never used for anything of a case; the portal holds no key to cases.
Rule 2: the newest site secret seals; every listed secret opens, so that secrets can be rotated.
Rule 3: each use of a site secret (cookies, sealing, peppers) has a subkey of its own.
"""

from app.crypto.aead import Place, open_sealed, seal
from app.crypto.errors import CannotOpen
from app.crypto.kdf import subkey
from app.crypto.secrets import SiteSecrets

_SEALING = "site sealing"


def site_keys(secrets: SiteSecrets, label: str) -> tuple[bytes, ...]:
    """Return the 32-byte keys for one use of the site secrets, newest first (rule 3)."""
    return tuple(subkey(secret, f"site: {label}") for secret in secrets.site_secrets)


def seal_for_site(secrets: SiteSecrets, plaintext: bytes, place: Place) -> bytes:
    """Return the plaintext sealed under the newest site secret, bound to its place (rule 2)."""
    return seal(site_keys(secrets, _SEALING)[0], plaintext, place)


def open_for_site(secrets: SiteSecrets, blob: bytes, place: Place) -> bytes:
    """Return what was sealed for this place under any listed site secret, or raise `CannotOpen`."""
    for key in site_keys(secrets, _SEALING):
        try:
            return open_sealed(key, blob, place)
        except CannotOpen:
            continue
    raise CannotOpen
