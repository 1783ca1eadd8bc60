"""Internal notes: each side of a case has its own, and the person harmed reads none."""

from app.services import audit, parts
from app.services.context import Context
from app.services.messages import clean
from app.services.opening import Found, compartment


def write(ctx: Context, found: Found, text: str) -> None:
    """Add a note of the host's team, or of the own organisation; raises InvalidInput (`empty_text`)."""
    side = None if found.of_host or found.party is None else found.party.id
    part = parts.add_part(ctx, compartment(found, "notes", side), "note", clean(text))
    audit.record(ctx, audit.case_chain(found.case.id), "case:note:written", part.id)
