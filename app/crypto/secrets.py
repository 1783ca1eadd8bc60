"""The portal's own secrets, kept in one file that only the portal's account can read.

Rule 1: a file that its group or others may read is refused.
Rule 2: the file appears whole or not at all, with mode 0600 from its first byte; it is never overwritten.
Rule 3: a missing file is an error unless the caller asked to make one, because new secrets would make
        every case code and every signed receipt useless.
Rule 4: none of these secrets opens a case, and none shows in a log.
"""

import contextlib
import json
import os
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path

from app.crypto.errors import SecretsFileError
from app.crypto.receipts import new_signing_key, public_key_of

_SETTING = "RECOURSE_SECRETS_FILE"
_SECRET_BYTES = 32


@dataclass(frozen=True)
class SiteSecrets:
    """Site secrets newest first, the salt of all case codes, and the key that signs receipts (rule 4)."""

    site_secrets: tuple[bytes, ...] = field(repr=False)
    code_salt: bytes = field(repr=False)
    receipt_signing_key: bytes = field(repr=False)

    @property
    def receipt_public_key(self) -> bytes:
        """The 32 bytes that the portal publishes so that receipts can be checked."""
        return public_key_of(self.receipt_signing_key)


def new_secrets() -> SiteSecrets:
    """Return new random secrets with a single site secret."""
    return SiteSecrets(
        site_secrets=(secrets.token_bytes(_SECRET_BYTES),),
        code_salt=secrets.token_bytes(_SECRET_BYTES),
        receipt_signing_key=new_signing_key(),
    )


def load_or_create_secrets(path: Path, create: bool) -> SiteSecrets:
    """Return the secrets in the file, making it first if asked to; raise `SecretsFileError`."""
    if create and not path.exists():
        _write_new(path, new_secrets())
    return _load(path)


def _load(path: Path) -> SiteSecrets:
    try:
        with path.open("rb") as file:
            _refuse_readable_by_others(path, os.fstat(file.fileno()).st_mode)
            return _parse(file.read())
    except FileNotFoundError:  # rule 3
        raise SecretsFileError(
            f"{_SETTING}: there is no file at {path}. Restore it from its backup; only for a new portal, "
            "make one."
        ) from None
    except OSError as error:
        raise SecretsFileError(f"{_SETTING}: {path} cannot be read ({error.strerror}).") from None
    except (ValueError, KeyError, TypeError):
        raise SecretsFileError(
            f"{_SETTING}: {path} does not hold the secrets of a portal. Restore it from its backup."
        ) from None


def _refuse_readable_by_others(path: Path, mode: int) -> None:
    if mode & (stat.S_IRWXG | stat.S_IRWXO):  # rule 1
        raise SecretsFileError(
            f"{_SETTING}: {path} may be used by others than its owner (mode {stat.S_IMODE(mode):04o}). "
            f"Run: chmod 600 {path}"
        )


def _parse(text: bytes) -> SiteSecrets:
    stored = json.loads(text)
    loaded = SiteSecrets(
        site_secrets=tuple(bytes.fromhex(value) for value in stored["site_secrets"]),
        code_salt=bytes.fromhex(stored["code_salt"]),
        receipt_signing_key=bytes.fromhex(stored["receipt_signing_key"]),
    )
    values = (*loaded.site_secrets, loaded.code_salt, loaded.receipt_signing_key)
    if not loaded.site_secrets or any(len(value) != _SECRET_BYTES for value in values):
        raise ValueError
    return loaded


def _write_new(path: Path, made: SiteSecrets) -> None:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        _write_private(temporary, _text(made))
        with contextlib.suppress(FileExistsError):  # another worker was first: theirs stays (rule 2)
            os.link(temporary, path)
        _sync_folder(path.parent)
    except OSError as error:
        raise SecretsFileError(f"{_SETTING}: {path} cannot be written ({error.strerror}).") from None
    finally:
        temporary.unlink(missing_ok=True)


def _text(made: SiteSecrets) -> bytes:
    values = {
        "site_secrets": [secret.hex() for secret in made.site_secrets],
        "code_salt": made.code_salt.hex(),
        "receipt_signing_key": made.receipt_signing_key.hex(),
    }
    return json.dumps(values, indent=2).encode() + b"\n"


def _write_private(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)  # rule 2
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
