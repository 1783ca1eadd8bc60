"""Evidence of a case: adding it, listing it, handing it out.

Rules:
1. Safeguards decide what may be added, here and not in a form.
2. Whoever holds the compartment's key reads the cleaned copy; the original and the file's own name open to
   the person alone.
3. Files are handed out in pieces, in constant memory, and only whole pieces that are as they were sealed.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import func, select

from app.crypto import padding, streams
from app.domain.errors import Conflict, NotFound
from app.models import Case, Evidence, Organisation, Reporter
from app.portal import Portal
from app.reference.records_taxonomy import EvidenceRule
from app.services import consents, steps, vault
from app.services.context import Context
from app.services.evidence_storing import StoredFile, facts_place, name_place
from app.services.files.kinds import FileKind, FileRefused
from app.services.files.names import neutral_name, renamed
from app.services.reporters import own_case
from app.services.vault import OpenCompartment, Reader


@dataclass(frozen=True)
class EvidenceFile:
    """One file as its reader sees it; without the original's key, `name` tells the number and kind only."""

    id: str
    number: int
    name: str = field(repr=False)
    kind: FileKind  # of what was added
    shown_kind: FileKind  # of the copy that others see
    size: int  # bytes of what was added
    sha256: str
    cleaned: bool
    reason: str  # why it was not cleaned, as of `Cleaning`
    added_on: date
    by: str
    opens_original: bool

    @property
    def shown_name(self) -> str:
        """The name under which the copy that others see is handed out."""
        return renamed(self.name, self.shown_kind)


def list_evidence(
    ctx: Context, case_id: str, compartments: Mapping[str, OpenCompartment]
) -> tuple[EvidenceFile, ...]:
    """The files of a case whose compartments are open, in the order in which they were added."""
    query = select(Evidence).where(Evidence.case_id == case_id).order_by(Evidence.number, Evidence.id)
    return tuple(
        read_file(row, case_id, held.key, _original_key(row, compartments))
        for row in ctx.session.scalars(query)
        if (held := compartments.get(row.compartment_id or ""))
    )


def open_stream(
    ctx: Context, case_id: str, evidence_id: str, original: bool = False
) -> tuple[EvidenceFile, Iterator[bytes]]:
    """A file's facts, and its bytes in pieces (rule 3); raises NotFound where this session holds no key.

    The pieces come from the store alone, after the database session is over.
    """
    opened = vault.open_case(ctx, case_id)
    row = ctx.session.get(Evidence, evidence_id)
    if row is None or row.case_id != case_id or row.compartment_id not in opened:
        raise NotFound("evidence")
    shown_key, original_key = opened[row.compartment_id].key, _original_key(row, opened)
    if original and original_key is None:
        raise NotFound("evidence")
    file = read_file(row, case_id, shown_key, original_key)
    name = row.original_name if original else row.shown_name
    key = original_key if original and original_key and file.cleaned else shown_key
    return file, streams.decrypt_chunks(key, name, ctx.portal.store.get_stream(name))


def add_to_case(ctx: Context, case_id: str, stored: StoredFile) -> str:
    """Let the person add a stored file to the own open case and return its id.

    The host reads it, and every party whose living consent covers evidence. Raises NotFound, FileRefused
    (`no_files_here`, `too_many`, `report_full`), Conflict (`case_closed`).
    """
    case = own_case(ctx, case_id)
    if case.closed:
        raise Conflict("case_closed")
    held = list_evidence(ctx, case_id, vault.open_case(ctx, case_id))
    check_room(ctx.portal, case.flags, [each.size for each in held], stored)
    person, host = _first_readers(ctx, case)
    readers = (person, host, *consents.readers_for(ctx, case_id, "evidence"))
    row = new_row(ctx, stored, _next_number(ctx, case_id))
    row.case_id, keys = case_id, stored.keys
    shown = vault.new_compartment(ctx, case_id, "evidence", readers, key=bytes.fromhex(keys["shown"]))
    original = vault.new_compartment(ctx, case_id, "original", (person,), key=bytes.fromhex(keys["original"]))
    row.compartment_id, row.original_compartment_id = shown.id, original.id
    steps.note(ctx, case, "evidence_added", by="affected_person", evidence=row.id)
    return row.id


def takes_files(ctx: Context, case_id: str) -> bool:
    """Whether files may be added to a case: it is open, and its safeguards allow them; raises NotFound."""
    case = ctx.session.get(Case, case_id)
    if case is None:
        raise NotFound("case")
    return not case.closed and ctx.portal.reference.evidence_rule(case.flags) is EvidenceRule.ANY


def check_room(portal: Portal, flags: Iterable[str], sizes: Iterable[int], stored: StoredFile) -> None:
    """Raise FileRefused if safeguards take no file (rule 1), or there are too many or too much already."""
    held, settings = list(sizes), portal.settings
    if portal.reference.evidence_rule(flags) is not EvidenceRule.ANY:
        raise FileRefused("no_files_here")
    if len(held) >= settings.max_files:
        raise FileRefused("too_many")
    if sum(held) + stored.keys["size"] > settings.max_report_bytes:
        raise FileRefused("report_full")


def new_row(ctx: Context, stored: StoredFile, number: int) -> Evidence:
    """Add the row of a stored file, bound to nothing yet."""
    row = Evidence(id=stored.id, number=number, by="reporter", added_on=ctx.today, facts=stored.facts)
    row.original_name, row.shown_name = stored.original_name, stored.shown_name
    ctx.session.add(row)
    return row


def read_file(row: Evidence, case_id: str, shown_key: bytes, original_key: bytes | None) -> EvidenceFile:
    """What a row says, opened with the keys; `case_id` is the one that it was sealed for."""
    said = json.loads(padding.open_text(shown_key, row.facts, facts_place(row.id, case_id)))
    file = EvidenceFile(
        id=row.id,
        number=row.number,
        name=neutral_name(row.number, FileKind(said["kind"])),
        kind=FileKind(said["kind"]),
        shown_kind=FileKind(said["shown_kind"]),
        size=said["size"],
        sha256=said["sha256"],
        cleaned=said["cleaned"],
        reason=said["reason"],
        added_on=row.added_on,
        by=row.by,
        opens_original=original_key is not None,
    )
    if original_key is None:
        return file
    sealed = bytes.fromhex(said["name"])
    return replace(file, name=padding.open_text(original_key, sealed, name_place(row.id, case_id)))


def _original_key(row: Evidence, compartments: Mapping[str, OpenCompartment]) -> bytes | None:
    held = compartments.get(row.original_compartment_id or "")
    return held.key if held else None


def _first_readers(ctx: Context, case: Case) -> tuple[Reader, Reader]:
    host = ctx.session.get(Organisation, case.host_id)
    person = ctx.session.get(Reporter, ctx.actor.reporter_id)
    if host is None or host.public_key is None or person is None:
        raise NotFound("readers")
    return (
        Reader("reporter", person.id, person.public_key, purpose="own_case"),
        Reader("organisation", host.id, host.public_key),
    )


def _next_number(ctx: Context, case_id: str) -> int:
    last = ctx.session.scalar(select(func.max(Evidence.number)).where(Evidence.case_id == case_id))
    return (last or 0) + 1
