"""What the portal opens once a process: settings, secrets, database, reference data, evidence store."""

import os
from dataclasses import dataclass

from app.crypto.secrets import SiteSecrets, load_or_create_secrets
from app.db import Database
from app.reference import Reference, load_reference
from app.services.files.store import EvidenceStore
from config import ConfigError, Settings


@dataclass(frozen=True)
class Portal:
    """Shared by web, commands and jobs; holds no case key."""

    settings: Settings
    secrets: SiteSecrets
    database: Database
    reference: Reference
    store: EvidenceStore


def open_portal(settings: Settings) -> Portal:
    """Open everything or raise an error that names the setting or the file at fault."""
    os.umask(0o077)  # whatever this process makes, database and files, is its account's alone
    _make_folder(settings)
    return Portal(
        settings=settings,
        secrets=load_or_create_secrets(settings.secrets_file, create=settings.environment != "production"),
        database=Database(settings.database_url),
        reference=load_reference(),
        store=EvidenceStore(settings.evidence_url),
    )


def _make_folder(settings: Settings) -> None:
    try:
        settings.instance_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(
            f"RECOURSE_INSTANCE: the folder {settings.instance_dir} cannot be made ({error.strerror}); "
            "name one that this account may write to"
        ) from None
