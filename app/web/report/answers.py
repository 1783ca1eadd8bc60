"""The answers of a report as lines that people read, each with the page on which it can be changed."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext

from app.services.evidence import EvidenceFile
from app.web.rendering import spoken_list
from app.web.report.flow import Seen, page_url
from app.web.report.sentences import AGE, COVERS, FOR_WHOM, SAFETY
from app.web.report.system import UNKNOWN
from app.web.unit import portal

Row = tuple[str, list[str], str]


def rows(seen: Seen, files: Sequence[EvidenceFile], names: Mapping[str, str]) -> list[Row]:
    """What each question was answered with; `names` are those of the proposed organisations."""
    report = seen.report
    found = {
        "safety": (gettext("Safety"), [_said(SAFETY, report.safety), report.identity.safe_way]),
        "what": (gettext("What happened"), [report.happened]),
        "system": (gettext("Which AI"), [_system(seen)]),
        "harm": (gettext("Kind of harm"), harm_names(seen)),
        "whom": (gettext("Who was harmed"), whom(seen)),
        "since": (gettext("When"), [report.since]),
        "want": (gettext("What you want"), wants(seen)),
        "evidence": (gettext("Evidence"), _evidence(seen, files)),
        "who": (gettext("Who you are"), _who(seen)),
        "sharing": (gettext("Who may read it"), _readers(seen, names)),
    }
    return [
        (label, [line for line in lines if line] or [gettext("Not answered")], page_url(page, "review"))
        for page, (label, lines) in found.items()
    ]


def _said(sentences: Mapping[str, object], value: str | None) -> str:
    return str(sentences[value]) if value else ""


def _system(seen: Seen) -> str:
    unknown = seen.draft.page("system").get("chosen") == UNKNOWN
    return gettext("I do not know") if unknown else seen.report.system


def harm_names(seen: Seen) -> list[str]:
    """The names of the harms, the main one first."""
    return [gettext(portal().reference.harms[harm].name) for harm in seen.report.harms]


def whom(seen: Seen) -> list[str]:
    """Whom it hit and the age band, as far as said."""
    lines = [_said(FOR_WHOM, seen.report.for_whom), _said(AGE, seen.report.age)]
    return [line for line in lines if line]


def wants(seen: Seen) -> list[str]:
    """The remedies that the person ticked, and their own words."""
    names = [gettext(portal().reference.remedies[each].name) for each in seen.report.wanted]
    return [*names, *filter(None, [seen.report.wish])]


def _evidence(seen: Seen, files: Sequence[EvidenceFile]) -> list[str]:
    names = [file.name for file in files] if seen.protection.takes_files else []
    return [*names, *(seen.report.links if seen.protection.takes_links else ())]


def _who(seen: Seen) -> list[str]:
    who = seen.report.identity
    if not (who.name or who.contact):
        return [gettext("You stay anonymous")]
    team = gettext("The team of this portal may see this") if who.host_may_see else gettext("Locked for now")
    return [who.name, who.contact, team]


def _readers(seen: Seen, names: Mapping[str, str]) -> list[str]:
    lines = [
        gettext(
            "%(organisation)s: %(parts)s",
            organisation=names.get(share.organisation_id, ""),
            parts=spoken_list(str(COVERS[kind]) for kind in share.covers),
        )
        for share in seen.report.shares
    ]
    return lines or [gettext("Only the team of this portal")]
