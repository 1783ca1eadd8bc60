"""Putting a file into the store: examined, cleaned and sealed, before any row knows of it.

Rules:
1. What is cleaned lies twice in the store, under two keys: nobody who may see the copy can open the original.
2. What cannot be cleaned lies there once; the original's key then opens the file's own name alone.
3. A file's own name may tell who somebody is: it is sealed under the original's key.
4. Nothing here opens a transaction: a large file must not keep others from writing.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from app.crypto import aead, padding, streams
from app.models.types import new_id
from app.portal import Portal
from app.services.drafts import FileKeys
from app.services.files import store
from app.services.files.clean import clean
from app.services.files.names import plain_name
from app.services.files.sniff import sniff
from app.services.files.work import open_work_file

_PIECE_BYTES = 256 * 1024


@dataclass(frozen=True)
class StoredFile:
    """A sealed file in the store that belongs to no row yet; `facts` are sealed already."""

    id: str
    case_id: str
    keys: FileKeys = field(repr=False)
    facts: bytes = field(repr=False)
    original_name: str
    shown_name: str


def store_file(portal: Portal, case_id: str, name: str, source: BinaryIO) -> StoredFile:
    """Examine, clean and seal a file for a case; raises FileRefused and StoreUnavailable."""
    kind = sniff(source, portal.settings.max_file_bytes)
    id_, shown_key, original_key = new_id(), aead.new_key(), aead.new_key()
    with open_work_file() as target:
        cleaning = clean(kind, source, target)
        digest, size = _measure(source)
        original_name = shown_name = store.new_name()
        _put(portal, original_name, original_key if cleaning.cleaned else shown_key, source)
        if cleaning.cleaned:
            shown_name = store.new_name()
            _put(portal, shown_name, shown_key, target)
    sealed_name = padding.seal_text(original_key, plain_name(name), name_place(id_, case_id))
    facts = {
        "kind": kind,
        "shown_kind": cleaning.kind,
        "size": size,
        "sha256": digest,
        "cleaned": cleaning.cleaned,
        "reason": cleaning.reason,
        "name": sealed_name.hex(),
    }
    sealed = padding.seal_text(shown_key, json.dumps(facts), facts_place(id_, case_id))
    keys = FileKeys(shown=shown_key.hex(), original=original_key.hex(), size=size)
    return StoredFile(id_, case_id, keys, sealed, original_name, shown_name)


def discard(portal: Portal, stored: StoredFile) -> None:
    """Take a file away again that no row came to know."""
    for name in {stored.original_name, stored.shown_name}:
        portal.store.delete(name)


def facts_place(evidence_id: str, case_id: str) -> aead.Place:
    """Where the facts of a file are sealed to: known before there is a case."""
    return aead.Place("evidence", "facts", evidence_id, case_id)


def name_place(evidence_id: str, case_id: str) -> aead.Place:
    """Where a file's own name is sealed to."""
    return aead.Place("evidence", "name", evidence_id, case_id)


def _put(portal: Portal, name: str, key: bytes, source: BinaryIO) -> None:
    portal.store.put_stream(name, streams.encrypt_chunks(key, name, _pieces(source)))


def _measure(source: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for piece in _pieces(source):
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


def _pieces(source: BinaryIO) -> Iterator[bytes]:
    source.seek(0)
    while piece := source.read(_PIECE_BYTES):
        yield piece
