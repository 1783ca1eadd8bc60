"""Evidence at the desk: every file that a member opens is written down first, one by one."""

from collections.abc import Iterator

from app.domain.permissions import Permission, require
from app.services import audit, evidence, opening
from app.services.context import Context
from app.services.evidence import EvidenceFile


def open_at_desk(ctx: Context, reference: str, evidence_id: str) -> tuple[EvidenceFile, Iterator[bytes]]:
    """The cleaned copy of a file in pieces, as `evidence.open_stream`, and the audit row that says so.

    The caller commits before the first piece is read. Raises NotFound, RequirementsMissing as opening does.
    """
    require(ctx.actor.roles, Permission.EVIDENCE_READ)
    case = opening.find_case(ctx, reference).case
    file, pieces = evidence.open_stream(ctx, case.id, evidence_id)
    audit.record(
        ctx,
        audit.case_chain(case.id),
        "case:evidence:opened",
        evidence_id,
        organisation=ctx.actor.organisation_id,
        role=opening.reading_role(ctx),
    )
    return file, pieces
