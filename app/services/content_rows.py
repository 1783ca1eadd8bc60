"""What a new case holds under seal: its first compartments, their readers, the report, the consents."""

from app.domain.intake import Report
from app.models import Case
from app.services import statements, vault
from app.services.case_rows import Readers
from app.services.consents import new_consent
from app.services.context import Context
from app.services.parts import new_part


def add_content(ctx: Context, case: Case, report: Report, readers: Readers, nonce: bytes) -> None:
    """Seal the report into compartments of their own and keep what the person agreed to.

    The statement and the conversation open to the person and the host, notes to the host alone, who the
    person is to the person and, only if they said so, to the host. Organisations get nothing before routing.
    """
    both = (readers.reporter, readers.host)
    statement = vault.new_compartment(ctx, case.id, "statement", both)
    new_part(ctx, statement, "statement", statements.statement_text(report, nonce), 1)
    vault.new_compartment(ctx, case.id, "thread", both)
    vault.new_compartment(ctx, case.id, "notes", (readers.host,))
    if report.identity.given:
        allowed = both if report.identity.host_may_see else (readers.reporter,)
        identity = vault.new_compartment(ctx, case.id, "identity", allowed)
        new_part(ctx, identity, "identity", statements.identity_text(report), 2)
    for share in report.shares:
        if share.organisation_id in readers.agreed and share.covers:
            new_consent(ctx, case.id, share.organisation_id, share.covers, report.language)
