"""Who may read the report: the proposal with its reasons, and what the person agrees to."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext

from app.services import draft_files, proposals
from app.services.proposals import ProposedParty
from app.web.report.answers import harm_names, wants, whom
from app.web.report.flow import Seen
from app.web.report.forms import SharingForm
from app.web.report.sentences import COVERS, reason, reasons
from app.web.unit import reading

ALL, CHOOSE, HOST = "all", "choose", "host"


def prepare(form: SharingForm, _seen: Seen) -> None:
    """Yes, yes in part, or no: nothing is chosen beforehand."""
    form.way.choices = [
        (ALL, gettext("Yes, they may read what happened, what I want and my evidence")),
        (CHOOSE, gettext("I choose myself who may read what")),
        (HOST, gettext("No. For now only the team of this portal reads it")),
    ]


def extras(seen: Seen) -> Mapping[str, Any]:
    """The proposal in plain words, and exactly what an organisation would read."""
    with reading() as ctx:
        proposal = proposals.propose(ctx, seen.report.system_id, seen.report.harms)
        files = draft_files.list_files(ctx, seen.draft) if seen.protection.takes_files else ()
    agreed = seen.draft.page("sharing").get("shares", {})
    return {
        "parties": [
            (party, reasons(party), agreed.get(party.organisation_id, [])) for party in proposal.parties
        ],
        "to_host": [reason(each) for each in proposal.reasons],
        "covers": {kind: COVERS[kind] for kind in may_cover(seen)},
        "files": files,
        "preview": {"harms": harm_names(seen), "whom": whom(seen), "wants": wants(seen)},
    }


def kept(form: SharingForm, seen: Seen) -> Mapping[str, Any]:
    """What each proposed organisation may read; nobody who was not proposed gets anything."""
    with reading() as ctx:
        parties = proposals.propose(ctx, seen.report.system_id, seen.report.harms).parties
    ticked = any(name.startswith("covers-") for name in request.form)
    way = form.way.data or (CHOOSE if ticked else HOST)
    shares = {party.organisation_id: _covers(way, party, seen) for party in parties}
    return {"way": way, "shares": {id_: covers for id_, covers in shares.items() if covers}}


def may_cover(seen: Seen) -> list[str]:
    """The kinds that can be shared: a name only if the team, which passes it on, may open it."""
    who = seen.report.identity
    named = (who.name or who.contact) and who.host_may_see
    return ["statement", "evidence", *(["identity"] if named else [])]


def _covers(way: str, party: ProposedParty, seen: Seen) -> list[str]:
    if way == ALL:
        return ["statement", "evidence"]
    if way == CHOOSE:
        ticked = request.form.getlist(f"covers-{party.organisation_id}")
        return [kind for kind in may_cover(seen) if kind in ticked]
    return []
