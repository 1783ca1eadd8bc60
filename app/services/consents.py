"""Consent: which organisation may read what, in the wording that was shown, until the person takes it back.

Rules:
1. An organisation has at most one living consent in a case; giving anew replaces the one before.
2. A consent to an organisation that is a party becomes grants at once, made with the person's own keys.
3. Taking it back deletes the grants of that consent; the event tells the organisation.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select

from app.domain.answers import may_write
from app.domain.errors import Conflict, IllegalTransition, InvalidInput, NotFound
from app.models import Case, Consent, Grant, Organisation, Party
from app.models.types import new_id
from app.services import steps, vault
from app.services.context import Context
from app.services.reporters import own_case
from app.services.vault import Reader

COVERS = ("statement", "evidence", "identity")
PURPOSE, WORDING, WORDING_VERSION = "answer_and_remedy", "share_with_actor", 1


@dataclass(frozen=True)
class ConsentView:
    """One consent, living or ended."""

    id: str
    organisation_id: str
    organisation: str
    covers: tuple[str, ...]
    given_on: date
    ends_on: date | None
    withdrawn_on: date | None
    living: bool


def list_consents(ctx: Context, case_id: str) -> tuple[ConsentView, ...]:
    """Every consent of a case, the newest first."""
    query = select(Consent, Organisation.name).join(Organisation, Organisation.id == Consent.organisation_id)
    rows = ctx.session.execute(
        query.where(Consent.case_id == case_id).order_by(Consent.given_on.desc(), Consent.id)
    )
    return tuple(_view(ctx, consent, name) for consent, name in rows)


def give(ctx: Context, case_id: str, organisation_id: str, covers: Collection[str], language: str) -> str:
    """Let an organisation read these kinds of compartments and return the consent's id (rules 1 and 2).

    Raises InvalidInput (`covers`), NotFound for who takes no part, IllegalTransition (`thread_silent`).
    """
    case = own_case(ctx, case_id)
    kinds = [kind for kind in COVERS if kind in covers]
    if not kinds or set(covers) - set(COVERS):
        raise InvalidInput("covers")
    organisation = ctx.session.get(Organisation, organisation_id)
    if organisation is None or not organisation.takes_part or organisation.public_key is None:
        raise NotFound("organisation")
    party = _find_party(ctx, case, organisation_id)
    if party is not None and not may_write(case.state, to_company=True, by_person=True):
        raise IllegalTransition("thread_silent", state=case.state)
    for old in _living(ctx, case.id, organisation_id):
        _end(ctx, old)
    consent = new_consent(ctx, case.id, organisation_id, kinds, language)
    if party is not None:
        _grant_all(ctx, consent, organisation)
    steps.note(ctx, case, "consent_given", by="affected_person", party=party, **_facts(consent))
    return consent.id


def new_consent(
    ctx: Context, case_id: str, organisation_id: str, covers: Sequence[str], language: str
) -> Consent:
    """Add the record of a consent as it was just worded and given; grants are the caller's."""
    consent = Consent(id=new_id(), case_id=case_id, organisation_id=organisation_id, covers=list(covers))
    consent.purpose, consent.wording, consent.wording_version = PURPOSE, WORDING, WORDING_VERSION
    consent.language, consent.given_on = language, ctx.today
    ctx.session.add(consent)
    return consent


def withdraw(ctx: Context, case_id: str, consent_id: str) -> None:
    """Take a consent back (rule 3); raises NotFound, and Conflict if that was done before."""
    case = own_case(ctx, case_id)
    consent = ctx.session.get(Consent, consent_id)
    if consent is None or consent.case_id != case.id:
        raise NotFound("consent")
    if consent.withdrawn_on is not None:
        raise Conflict("consent_ended")
    _end(ctx, consent)
    party = _find_party(ctx, case, consent.organisation_id)
    steps.note(ctx, case, "consent_withdrawn", by="affected_person", party=party, **_facts(consent))


def readers_for(ctx: Context, case_id: str, kind: str) -> list[Reader]:
    """The parties whose living consent covers this kind of compartment: who is granted a new one of it."""
    query = (
        select(Consent, Organisation)
        .join(Organisation, Organisation.id == Consent.organisation_id)
        .join(Party, (Party.case_id == Consent.case_id) & (Party.organisation_id == Consent.organisation_id))
        .where(Consent.case_id == case_id, *_is_living(ctx))
    )
    return [
        _reader(consent, organisation)
        for consent, organisation in ctx.session.execute(query)
        if kind in consent.covers
    ]


def _grant_all(ctx: Context, consent: Consent, organisation: Organisation) -> None:
    """Grant every covered compartment that this session opens, unless the organisation holds it anyhow."""
    held = select(Grant.compartment_id).where(
        Grant.case_id == consent.case_id, Grant.reader_id == organisation.id
    )
    already = set(ctx.session.scalars(held))
    for each in vault.open_case(ctx, consent.case_id).values():
        if each.kind in consent.covers and each.id not in already:
            vault.grant(ctx, each, _reader(consent, organisation))


def _reader(consent: Consent, organisation: Organisation) -> Reader:
    if organisation.public_key is None:
        raise NotFound("organisation_keys")
    return Reader("organisation", organisation.id, organisation.public_key, consent.purpose, consent.id)


def _end(ctx: Context, consent: Consent) -> None:
    consent.withdrawn_on = ctx.today
    ctx.session.execute(delete(Grant).where(Grant.consent_id == consent.id))


def _living(ctx: Context, case_id: str, organisation_id: str) -> list[Consent]:
    query = select(Consent).where(Consent.case_id == case_id, Consent.organisation_id == organisation_id)
    return list(ctx.session.scalars(query.where(*_is_living(ctx))))


def _is_living(ctx: Context) -> tuple[ColumnElement[bool], ...]:
    return Consent.withdrawn_on.is_(None), or_(Consent.ends_on.is_(None), Consent.ends_on >= ctx.today)


def _find_party(ctx: Context, case: Case, organisation_id: str) -> Party | None:
    query = select(Party).where(Party.case_id == case.id, Party.organisation_id == organisation_id)
    return ctx.session.scalars(query).first()


def _facts(consent: Consent) -> dict[str, Any]:
    return {"consent": consent.id, "organisation": consent.organisation_id, "covers": consent.covers}


def _view(ctx: Context, consent: Consent, name: str) -> ConsentView:
    ended = consent.withdrawn_on is not None or (consent.ends_on is not None and consent.ends_on < ctx.today)
    return ConsentView(
        consent.id,
        consent.organisation_id,
        name,
        tuple(consent.covers),
        consent.given_on,
        consent.ends_on,
        consent.withdrawn_on,
        not ended,
    )
