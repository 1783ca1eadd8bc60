"""Filing: a report becomes a case, whole or not at all, and the person gets a code that opens it.

Rules:
1. Sending twice makes one case: the draft's row is locked, and keeps what came of the first time.
2. Once sent, the draft holds nothing of the report.
3. Only a report that tells nothing at all is refused, or one that leads to material nobody may hold.
4. Rows are added together, and nothing is looked up between them: filing must stay fast.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from app.crypto import codes, receipts
from app.domain.deadlines import Deadline, Event, deadlines
from app.domain.errors import InvalidInput
from app.domain.ids import Action, Band, State
from app.domain.intake import Report, check_told
from app.domain.severity import is_overridden
from app.models.types import new_id
from app.services import drafts, evidence_filing, statements
from app.services.case_rows import add_case, find_readers
from app.services.content_rows import add_content
from app.services.context import Actor, ActorKind, Context
from app.services.draft_reports import report_of
from app.services.drafts import FileKeys, Sent
from app.services.protection import protection_of, without_what_is_not_taken
from app.services.reporters import NewCode, new_code, new_reporter


@dataclass(frozen=True)
class Filed:
    """What the person is handed: the public reference, the code to keep, the signed receipt."""

    case_id: str
    reference: str
    code: str = field(repr=False)
    receipt: str = field(repr=False)
    filed_on: date
    flags: tuple[str, ...] = ()
    harms: tuple[str, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """The code in seven groups of four digits, as it is shown."""
        return codes.groups(self.code)

    def is_last_group(self, typed: str) -> bool:
        """Whether these are the last four digits of the code, typed in any script."""
        return codes.is_last_group(self.code, typed)


def submit(ctx: Context, token: str, language: str) -> Filed:
    """File the report that a draft holds (rules 1 and 2); raises NotFound, and InvalidInput as `file_report`.

    Files and links that the report's safeguards do not allow stay behind.
    """
    made = new_code(ctx)
    draft = drafts.lock(ctx, token)
    if draft.sent:
        return _as_filed(draft.case_id, draft.sent)
    report = report_of(draft, language)
    takes_files = protection_of(ctx.portal.reference, report).takes_files
    filed = file_report(ctx, report, draft.files if takes_files else {}, draft.case_id, made)
    drafts.save(ctx, token, drafts.Draft(draft.case_id, {}, {}, _as_sent(filed)))
    return filed


def file_report(
    ctx: Context,
    report: Report,
    files: Mapping[str, FileKeys] | None = None,
    case_id: str | None = None,
    made: NewCode | None = None,
) -> Filed:
    """File a report, with the files that were added under this case id.

    Raises InvalidInput: `nothing_told`; `link_in_text` or `files_not_taken` where safeguards forbid them.
    """
    check_told(report)
    protection = protection_of(ctx.portal.reference, report)
    if files and not protection.takes_files:
        raise InvalidInput("files_not_taken")
    report = without_what_is_not_taken(report, protection)
    new = new_reporter(ctx, case_id or new_id(), made)
    readers = find_readers(ctx, report, new.reader)
    own = replace(ctx, actor=_person(new.row.case_id, new.row.id), vault=new.vault)
    case = add_case(own, new.row.case_id, report, protection.flags, readers)
    ctx.session.add(new.row)
    nonce = receipts.new_nonce()
    add_content(own, case, report, readers, nonce)
    evidence_filing.attach(own, case.id, files or {}, readers)
    receipt = statements.make_receipt(ctx, report, nonce)
    return Filed(case.id, case.reference, new.code, receipt, ctx.today, protection.flags, report.harms)


def find_filed(ctx: Context, token: str) -> Filed | None:
    """What came of a draft that was sent; None if it was not, or is gone."""
    draft = drafts.find(ctx, token)
    return _as_filed(draft.case_id, draft.sent) if draft and draft.sent else None


def what_comes(ctx: Context, filed: Filed) -> tuple[Deadline, ...]:
    """What happens next with a report that was just filed, soonest first."""
    rules, events = ctx.portal.reference, [Event(Action.SUBMIT, filed.filed_on)]
    held = is_overridden(filed.flags, rules.severity_rules)
    if held:
        events.append(Event(Action.SAFETY_FLAG, filed.filed_on))
    state, band = (State.SAFEGUARDING, Band.CRITICAL) if held else (State.SUBMITTED, Band.MEDIUM)
    return deadlines(rules.lifecycle.table, state, events, band)


def _person(case_id: str, reporter_id: str) -> Actor:
    roles = frozenset({"affected_person"})
    return Actor(ActorKind.REPORTER, roles, reporter_id=reporter_id, case_id=case_id)


def _as_sent(filed: Filed) -> Sent:
    return Sent(
        reference=filed.reference,
        code=filed.code,
        receipt=filed.receipt,
        flags=list(filed.flags),
        harms=list(filed.harms),
        filed_on=filed.filed_on.isoformat(),
    )


def _as_filed(case_id: str, sent: Sent) -> Filed:
    flags, harms = tuple(sent["flags"]), tuple(sent["harms"])
    filed_on = date.fromisoformat(sent["filed_on"])
    return Filed(case_id, sent["reference"], sent["code"], sent["receipt"], filed_on, flags, harms)
