"""The files of a report that is still being written."""

from sqlalchemy import func, select, update

from app.crypto import tokens
from app.models import Evidence
from app.services import drafts, evidence
from app.services.context import Context
from app.services.draft_reports import report_of
from app.services.drafts import Draft
from app.services.evidence import EvidenceFile
from app.services.evidence_storing import StoredFile
from app.services.protection import protection_of


def list_files(ctx: Context, draft: Draft) -> tuple[EvidenceFile, ...]:
    """The files of a draft in the order in which they were added."""
    if not draft.files:
        return ()
    query = select(Evidence).where(Evidence.id.in_(draft.files)).order_by(Evidence.number, Evidence.id)
    return tuple(
        evidence.read_file(
            row,
            draft.case_id,
            bytes.fromhex(draft.files[row.id]["shown"]),
            bytes.fromhex(draft.files[row.id]["original"]),
        )
        for row in ctx.session.scalars(query)
    )


def add_file(ctx: Context, token: str, stored: StoredFile) -> None:
    """Add a stored file to the draft; raises NotFound, Conflict and FileRefused as `evidence.check_room`."""
    draft = drafts.lock_unsent(ctx, token)
    flags = protection_of(ctx.portal.reference, report_of(draft, "")).flags
    evidence.check_room(ctx.portal, flags, [keys["size"] for keys in draft.files.values()], stored)
    draft_id = tokens.token_id(token)
    last = ctx.session.scalar(select(func.max(Evidence.number)).where(Evidence.draft_id == draft_id))
    row = evidence.new_row(ctx, stored, (last or 0) + 1)
    row.draft_id = draft_id
    drafts.save(ctx, token, _with_files(draft, {**draft.files, stored.id: stored.keys}))


def remove_file(ctx: Context, token: str, evidence_id: str) -> None:
    """Take a file out of the draft; its keys are gone at once, the purge takes its bytes away."""
    draft = drafts.lock_unsent(ctx, token)
    if evidence_id not in draft.files:
        return
    ctx.session.execute(update(Evidence).where(Evidence.id == evidence_id).values(draft_id=None))
    kept = {id_: keys for id_, keys in draft.files.items() if id_ != evidence_id}
    drafts.save(ctx, token, _with_files(draft, kept))


def _with_files(draft: Draft, files: dict[str, drafts.FileKeys]) -> Draft:
    return Draft(draft.case_id, draft.answers, files)
