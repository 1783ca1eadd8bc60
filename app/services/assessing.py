"""Harms and severity: set by the host with reasons; making a harm seem easier to undo needs two people."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import delete

from app.domain import severity
from app.domain.desk import Proposal
from app.domain.errors import InvalidInput
from app.domain.ids import Action, Kind
from app.domain.severity import Severity
from app.models import Case, CaseHarm, PendingDecision
from app.services import parts, screening, steps
from app.services.context import Context
from app.services.messages import clean
from app.services.opening import Found, compartment
from app.services.situation import ASSESSED

KEPT = frozenset({"danger_to_life"})  # the person may have said so: it does not go with a harm


@dataclass(frozen=True)
class Assessment:
    """What harm it is, how severe, and why; the first harm is the main one."""

    harms: tuple[str, ...]
    scale: int
    scope: int
    irremediability: int
    delay_makes_irremediable: bool
    kind: str
    likelihood: int | None
    reason: str

    @property
    def severity(self) -> Severity:
        """The levels as the rules read them; raises InvalidInput for one that is out of range."""
        return Severity(
            self.scale,
            self.scope,
            self.irremediability,
            self.delay_makes_irremediable,
            Kind(self.kind),
            self.likelihood,
        )


def assess(ctx: Context, found: Found, new: Assessment) -> bool:
    """Set harms and severity and write down old, new and reason; False if a second person has to agree first.

    Raises InvalidInput (`no_harm`, `unknown_harm`, `empty_text`, `level_out_of_range`).
    """
    usual = _usual_irremediability(ctx, new)
    if new.severity.irremediability < usual:
        case = steps.get_case(ctx, found.case.id)
        note = parts.add_part(ctx, compartment(found, "notes"), "reason", clean(new.reason))
        facts = {**asdict(replace(new, reason="")), "note": note.id}
        screening.propose(ctx, case, Proposal.ASSESS, facts)
        steps.note(ctx, case, "severity_proposed", by=_role(ctx), new=_levels(new))
        return False
    note = parts.add_part(ctx, compartment(found, "notes"), "reason", clean(new.reason))
    _apply(ctx, found, new, note.id, None)
    return True


def confirm(ctx: Context, found: Found, pending: PendingDecision) -> None:
    """Apply a proposed assessment as the second person."""
    facts = dict(pending.facts)
    note = str(facts.pop("note"))
    new = Assessment(**{**facts, "harms": tuple(facts["harms"])})
    usual = _usual_irremediability(ctx, new)
    severity.check_irremediability(new.severity, usual, {"lowering_reason", "second_person"})
    _apply(ctx, found, new, note, pending.member_id)


def _usual_irremediability(ctx: Context, new: Assessment) -> int:
    harms = ctx.portal.reference.harms
    if not new.harms:
        raise InvalidInput("no_harm")
    if set(new.harms) - set(harms):
        raise InvalidInput("unknown_harm")
    return harms[new.harms[0]].irremediability


def _apply(ctx: Context, found: Found, new: Assessment, note: str, proposed_by: str | None) -> None:
    reference, case = ctx.portal.reference, steps.get_case(ctx, found.case.id)
    rules, before = reference.severity_rules, set(case.flags)
    old = {"harms": [harm.harm_id for harm in found.harms], **_stored(case)}
    case.flags = _flags(ctx, found, new)
    rated = new.severity
    case.scale, case.scope, case.irremediability = rated.scale, rated.scope, rated.irremediability
    case.delay_makes_irremediable, case.likelihood = rated.delay_makes_irremediable, rated.likelihood
    case.kind = rated.kind
    case.band = severity.band(rated, case.flags, rules)
    case.queue_key = severity.queue_key(rated, case.flags, rules)
    _tag(ctx, case, new.harms)
    steps.note(
        ctx, case, ASSESSED, by=_role(ctx), old=old, new=_levels(new), note=note, proposed_by=proposed_by
    )
    if rules.critical_safeguards & (set(case.flags) - before) and _may_hold(ctx, case):
        steps.take_case_step(ctx, case, Action.SAFETY_FLAG, flags=case.flags)
    steps.reckon(ctx, case)


def _may_hold(ctx: Context, case: Case) -> bool:
    return case.state in ctx.portal.reference.lifecycle.transition(Action.SAFETY_FLAG).sources


def _flags(ctx: Context, found: Found, new: Assessment) -> list[str]:
    """The safeguards of the new harms, and those that stood without the old ones."""
    harms = ctx.portal.reference.harms
    of_old = {flag for harm in found.harms for flag in harms[harm.harm_id].safeguards} - KEPT
    of_new = {flag for harm in new.harms for flag in harms[harm].safeguards}
    kept = (set(found.case.flags) - of_old) | of_new
    return [flag for flag in ctx.portal.reference.safeguards if flag in kept]


def _tag(ctx: Context, case: Case, harms: tuple[str, ...]) -> None:
    ctx.session.execute(delete(CaseHarm).where(CaseHarm.case_id == case.id))
    for number, harm_id in enumerate(harms):
        right = ctx.portal.reference.harms[harm_id].right
        ctx.session.add(CaseHarm(case_id=case.id, harm_id=harm_id, right_id=right, main=number == 0))


def _stored(case: Case) -> dict[str, Any]:
    return {
        "scale": case.scale,
        "scope": case.scope,
        "irremediability": case.irremediability,
        "delay_makes_irremediable": case.delay_makes_irremediable,
        "band": case.band,
    }


def _levels(new: Assessment) -> dict[str, Any]:
    said = asdict(new)
    del said["reason"]
    return said


def _role(ctx: Context) -> str:
    return "caseworker" if "caseworker" in ctx.actor.roles else "safeguarding_lead"
