"""Opening a case at the desk: who may, and the record of every part that was made readable.

Rules:
1. A case is found by its reference for the host and for organisations that are party to it; for everybody
   else there is no such case.
2. Members of the host read with a role that works on cases; others as remedy officers who have promised
   that nobody is punished for a report.
3. Before anything is decrypted, the audit of the case says who opened which part.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import select

from app.domain.errors import NotFound, UndertakingMissing
from app.domain.ids import Role
from app.domain.permissions import Permission, permissions_of, require
from app.models import Case, CaseHarm, Member, Party, PendingDecision, System
from app.services import audit, vault
from app.services.context import Context
from app.services.vault import OpenCompartment

SHOWN = ("statement", "identity", "thread", "notes")  # compartments that the case's page reads


@dataclass(frozen=True)
class Found:
    """A case that this member may work on, with what stands in clear beside it."""

    case: Case
    party: Party | None  # of the member's own organisation
    of_host: bool
    system: str | None
    harms: tuple[CaseHarm, ...]  # the main one first
    pending: PendingDecision | None
    compartments: Mapping[str, OpenCompartment] = field(default_factory=dict, repr=False)


def find_case(ctx: Context, reference: str, lock: bool = False) -> Found:
    """The case with this reference; raises NotFound (rule 1), UndertakingMissing.

    `lock` keeps other writers away from the case until the transaction ends.
    """
    require(ctx.actor.roles, Permission.CASE_READ)
    if lock:
        ctx.session.execute(select(Case.id).where(Case.reference == reference).with_for_update())
    organisation_id, member_id = ctx.actor.require_member()
    query = (
        select(Case, Party, Member.undertaking_on, System.name, CaseHarm, PendingDecision)
        .select_from(Case)
        .join(Member, Member.id == member_id)
        .outerjoin(Party, (Party.case_id == Case.id) & (Party.organisation_id == organisation_id))
        .outerjoin(System, System.id == Case.system_id)
        .outerjoin(CaseHarm, CaseHarm.case_id == Case.id)
        .outerjoin(PendingDecision, PendingDecision.case_id == Case.id)
        .where(Case.reference == reference)
        .order_by(CaseHarm.main.desc(), CaseHarm.harm_id)
    )
    rows = ctx.session.execute(query).all()
    if not rows:
        raise NotFound("case")
    case, party, undertaking_on, system, _harm, pending = rows[0]
    of_host = case.host_id == organisation_id
    if not of_host and (party is None or Role.RESPONDENT not in ctx.actor.roles):
        raise NotFound("case")
    if not of_host and undertaking_on is None:
        raise UndertakingMissing
    harms = tuple(dict.fromkeys(row[4] for row in rows if row[4] is not None))
    return Found(case, party, of_host, system, harms, pending if of_host else None)


def record_opening(ctx: Context, reference: str) -> Found:
    """Find the case, write down what this member is about to read, and open it (rule 3)."""
    # Locked, so that a consent which is taken back meanwhile comes wholly before or wholly after.
    found = find_case(ctx, reference, lock=True)
    compartments = vault.open_and_keep(ctx, found.case.id)
    audit.record_all(
        ctx,
        audit.case_chain(found.case.id),
        _acts(compartments.values()),
        organisation=ctx.actor.organisation_id,
        role=reading_role(ctx),
    )
    return replace(found, compartments=compartments)


def open_found(ctx: Context, found: Found) -> Found:
    """The same case with its compartments open, for acts that write into them and show nothing."""
    return replace(found, compartments=vault.open_case(ctx, found.case.id))


def compartment(found: Found, kind: str, party_id: str | None = None) -> OpenCompartment:
    """The open compartment of a kind, of one party or of the host (None); raises NotFound."""
    for each in found.compartments.values():
        if each.kind == kind and each.party_id == party_id:
            return each
    raise NotFound(kind)


def _acts(opened: Iterable[OpenCompartment]) -> Iterator[tuple[str, str]]:
    """A line for each part that the case's page decrypts; of evidence the list alone."""
    kinds = {each.kind for each in opened}
    yield from ((f"case:{each.kind}:opened", each.id) for each in opened if each.kind in SHOWN)
    if "evidence" in kinds:
        yield "case:evidence_list:opened", ""


def reading_role(ctx: Context) -> str:
    """The role in which this member reads cases, as the audit names it."""
    return next(role for role in sorted(ctx.actor.roles) if Permission.CASE_READ in permissions_of([role]))
