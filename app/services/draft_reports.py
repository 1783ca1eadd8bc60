"""Reading a draft's answers, page by page, as the report that they make together."""

from collections.abc import Mapping
from typing import Any

from app.domain.intake import Age, ForWhom, Identity, Report, Safety, Share
from app.services.drafts import Draft


def report_of(draft: Draft, language: str) -> Report:
    """The report as answered so far; a page that was skipped leaves its part empty."""
    what, system, harm = draft.page("what"), draft.page("system"), draft.page("harm")
    safety, whom, want = draft.page("safety"), draft.page("whom"), draft.page("want")
    return Report(
        language=language,
        happened=what.get("happened", ""),
        harms=_harms(harm.get("harms", []), draft.page("main").get("main", "")),
        system=system.get("system", ""),
        system_id=system.get("system_id") or None,
        safety=_one_of(Safety, safety.get("now")),
        for_whom=_one_of(ForWhom, whom.get("for_whom")),
        age=_one_of(Age, whom.get("age")),
        since=draft.page("since").get("since", ""),
        wanted=tuple(want.get("wanted", [])),
        wish=want.get("wish", ""),
        links=tuple(draft.page("evidence").get("links", [])),
        identity=_identity(draft),
        shares=_shares(draft.page("sharing")),
    )


def _one_of(kind: Any, value: str | None) -> Any:
    return kind(value) if value else None


def _harms(chosen: list[str], main: str) -> tuple[str, ...]:
    """The chosen harms, the one that matters most first."""
    return tuple(sorted(chosen, key=lambda harm: harm != main))


def _identity(draft: Draft) -> Identity:
    who, safe_way = draft.page("who"), draft.page("safety").get("safe_way", "")
    named = who.get("stay") == "named"  # who chose to stay anonymous may have typed a name before
    name, contact = (who.get("name", ""), who.get("contact", "")) if named else ("", "")
    # The first page promises that the portal's people read how to reach somebody safely; only the choice
    # that comes with a name can take that back.
    host_may_see = who.get("host_may_see") == "yes" if name or contact else bool(safe_way)
    return Identity(name, contact, safe_way, host_may_see)


def _shares(sharing: Mapping[str, Any]) -> tuple[Share, ...]:
    return tuple(
        Share(organisation, tuple(covers)) for organisation, covers in sharing.get("shares", {}).items()
    )
