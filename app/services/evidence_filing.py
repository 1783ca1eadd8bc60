"""Taking the files of a draft into the new case, each with compartments of its own."""

from collections.abc import Mapping

from sqlalchemy import update

from app.models import Evidence
from app.services import vault
from app.services.case_rows import Readers
from app.services.context import Context
from app.services.drafts import FileKeys


def attach(ctx: Context, case_id: str, files: Mapping[str, FileKeys], readers: Readers) -> None:
    """Bind the draft's files to the case: others see the cleaned copy, the person alone the original.

    The compartments take the keys that the files were sealed with, so nothing is sealed again.
    """
    if not files:
        return
    rows = []
    for evidence_id, keys in files.items():
        both = (readers.reporter, readers.host)
        shown = vault.new_compartment(ctx, case_id, "evidence", both, key=bytes.fromhex(keys["shown"]))
        original = vault.new_compartment(
            ctx, case_id, "original", (readers.reporter,), key=bytes.fromhex(keys["original"])
        )
        rows.append(
            {
                "id": evidence_id,
                "case_id": case_id,
                "draft_id": None,
                "compartment_id": shown.id,
                "original_compartment_id": original.id,
            }
        )
    ctx.session.flush()
    ctx.session.execute(update(Evidence), rows)
