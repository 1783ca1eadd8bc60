"""Preparing the demo: a database of its own, loaded once; never beside anything real."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import yaml
from sqlalchemy import inspect

from app.demo.marker import Account, Marker, ShownCase, find_marker, write_marker
from app.demo.play import Told, moment, play
from app.demo.stage import Stage, set_up
from app.portal import Portal
from app.schema import downgrade, upgrade
from app.services import organisations, steps
from app.services.context import SYSTEM, Context

STORIES = Path(__file__).parent / "stories"
BEGAN_DAYS_AGO = 120
Say = Callable[[str], None]


class NotADemo(Exception):
    """This instance may not be filled with demo data; the text says why."""


def prepare(portal: Portal, reset: bool, say: Say) -> None:
    """Load the demo's data unless it is there; `reset` starts over. Raises NotADemo."""
    settings = portal.settings
    if settings.environment != "demo":
        raise NotADemo("Demo data is loaded with RECOURSE_ENV=demo only.")
    found = find_marker(settings.demo_marker)
    if found and found.ready and not reset:
        upgrade(settings.database_url)
        say("The demo's data is there already.")
        return
    if found:
        write_marker(settings.demo_marker, Marker(False, [], []))
        say("Throwing the demo's data away ...")
        _wipe(portal)
    elif _holds_anything(portal):
        raise NotADemo(
            f"{settings.instance_dir} or its database holds data that no demo made. "
            "Name another folder: RECOURSE_INSTANCE=..."
        )
    write_marker(settings.demo_marker, Marker(False, [], []))
    say("Preparing the database ...")
    upgrade(settings.database_url)
    write_marker(settings.demo_marker, _load(portal, say))


def _load(portal: Portal, say: Say) -> Marker:
    now = moment(datetime.now(UTC))
    say("Setting up organisations, their people and their AI systems ...")
    with portal.database.transaction() as session:
        stage = set_up(Context(session, portal, SYSTEM, now - timedelta(days=BEGAN_DAYS_AGO)))
    shown = []
    for story in stories():
        say(f"Filing the report “{story['key']}” and following it ...")
        with portal.database.transaction() as session:
            ctx = Context(session, portal, SYSTEM, now)
            shown += _shown(ctx, play(ctx, stage, story))
    return Marker(True, _accounts(stage), shown)


def stories() -> Iterator[dict[str, Any]]:
    """The reports of the demo, in the order of their files."""
    for path in sorted(STORIES.glob("*.yaml")):
        yield yaml.safe_load(path.read_text(encoding="utf-8"))


def _shown(ctx: Context, told: Told) -> list[ShownCase]:
    if not told.shown:
        return []
    state = steps.get_case(ctx, told.case_id).state
    return [ShownCase(told.language, state, told.reference, told.code)]


def _accounts(stage: Stage) -> list[Account]:
    return [
        Account(each.name, each.email, each.organisation, list(each.roles), each.totp_seed)
        for each in stage.players.values()
    ]


def _holds_anything(portal: Portal) -> bool:
    if not inspect(portal.database.engine).has_table("organisation"):
        return False
    with portal.database.reading() as session:
        return organisations.any_entered(Context(session, portal, SYSTEM, datetime.now(UTC)))


def _wipe(portal: Portal) -> None:
    portal.database.close()
    upgrade(portal.settings.database_url)  # of an older version, only whole can it be taken down
    downgrade(portal.settings.database_url, "base")
    evidence = urlsplit(portal.settings.evidence_url)
    if evidence.scheme == "file":
        folder = Path(url2pathname(evidence.path))
        for each in folder.iterdir() if folder.is_dir() else ():
            shutil.rmtree(each) if each.is_dir() else each.unlink()
