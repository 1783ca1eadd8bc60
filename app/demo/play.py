"""Playing a report from a story file: filed by its person, then one step after another on its day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from app.demo import steps_of_desk, steps_of_person
from app.demo.scene import Scene
from app.demo.stage import Stage
from app.domain.intake import Age, ForWhom, Identity, Report, Safety, Share
from app.services import filing, reporters, sessions
from app.services.context import PUBLIC, Actor, ActorKind, Context, Vault

ACTS: Mapping[str, Callable[[Scene, Context, Mapping[str, Any]], None]] = {
    **steps_of_desk.ACTS,
    **steps_of_person.ACTS,
}
PERSON = "person"


@dataclass(frozen=True)
class Told:
    """A report of the demo as it stands after its story."""

    key: str
    language: str
    case_id: str
    reference: str
    code: str
    shown: bool  # whether the demo hands out its code


def play(ctx: Context, stage: Stage, story: Mapping[str, Any]) -> Told:
    """File the report and take each step; raises the services' errors for a story that cannot be."""
    began = ctx.now - timedelta(days=story["days_ago"])
    public = Context(ctx.session, ctx.portal, PUBLIC, began)
    filed = filing.file_report(public, _report(stage, story["language"], story["report"]))
    person = _enter(public, filed.code)
    scene = Scene(stage, filed.case_id, filed.reference)
    for step in story.get("steps", ()):
        at = began + timedelta(days=step["day"])
        acting = replace(person, now=at) if step["by"] == PERSON else stage.acting(ctx, step["by"], at)
        ACTS[step["do"]](scene, acting, step)
        ctx.session.flush()
    shown = story.get("show_code", False)
    return Told(story["key"], story["language"], filed.case_id, filed.reference, filed.code, shown)


def _enter(ctx: Context, code: str) -> Context:
    """A Context in which the person acts, opened with the code as on the portal."""
    token = reporters.enter(ctx, code)
    ctx.session.flush()
    held = sessions.find_session(ctx, "reporter", token) or {}
    sessions.end_session(ctx, token)
    actor = Actor(
        ActorKind.REPORTER,
        frozenset({"affected_person"}),
        reporter_id=held["reporter_id"],
        case_id=held["case_id"],
    )
    return replace(ctx, actor=actor, vault=Vault(held["reporter_id"], bytes.fromhex(held["private_key"])))


def _report(stage: Stage, language: str, told: Mapping[str, Any]) -> Report:
    shares = told.get("shares", {})
    return Report(
        language=language,
        happened=told["happened"].strip(),
        harms=tuple(told["harms"]),
        system=told.get("system_as_typed", ""),
        system_id=stage.systems[told["system"]] if "system" in told else None,
        safety=Safety(told.get("safety", "safe")),
        for_whom=ForWhom(told.get("for_whom", "me")),
        age=Age(told["age"]) if "age" in told else None,
        since=told.get("since", ""),
        wanted=tuple(told.get("wanted", ())),
        wish=told.get("wish", "").strip(),
        links=tuple(told.get("links", ())),
        identity=Identity(**told.get("identity", {})),
        shares=tuple(Share(stage.organisations[key], tuple(covers)) for key, covers in shares.items()),
    )


def moment(day: datetime) -> datetime:
    """Mid-morning of a day: no step of the demo lies in the future of its reader's day."""
    return day.replace(hour=9, minute=30, second=0, microsecond=0)
