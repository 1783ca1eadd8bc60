"""Exactly what an organisation would see, shown before the person agrees to it."""

from collections.abc import Collection
from dataclasses import dataclass

from app.domain.errors import InvalidInput, NotFound
from app.models import Organisation
from app.services import case_content, evidence, vault, writings
from app.services.case_content import Content
from app.services.consents import COVERS
from app.services.context import Context
from app.services.evidence import EvidenceFile


@dataclass(frozen=True)
class Preview:
    """An organisation and what it would see; what is not covered is None."""

    organisation_id: str
    organisation: str
    covers: tuple[str, ...]
    content: Content
    evidence: tuple[EvidenceFile, ...]


def preview(ctx: Context, organisation_id: str, covers: Collection[str]) -> Preview:
    """What these kinds of compartments hold in the reporter's own case; raises InvalidInput (`covers`)."""
    if set(covers) - set(COVERS):
        raise InvalidInput("covers")
    organisation = ctx.session.get(Organisation, organisation_id)
    if organisation is None or not organisation.takes_part:
        raise NotFound("organisation")
    case_id = ctx.actor.case_id or ""
    opened = {each.id: each for each in vault.open_case(ctx, case_id).values() if each.kind in covers}
    return Preview(
        organisation.id,
        organisation.name,
        tuple(kind for kind in COVERS if kind in covers),
        case_content.read_content(writings.load(ctx, case_id, opened)),
        evidence.list_evidence(ctx, case_id, opened),
    )
