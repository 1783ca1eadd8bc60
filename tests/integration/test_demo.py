"""The demo: loaded through the real services, once, and never beside anything real."""

import re
import stat
from datetime import UTC, datetime

import pyotp
import pytest
from sqlalchemy import select

from app.demo import prepare as demo
from app.demo.cast import HOMES, PASSWORD
from app.demo.marker import find_marker
from app.models import Case
from app.portal import Portal, open_portal
from app.services import audit, reporters, sign_in, systems
from app.services.context import PUBLIC, SYSTEM, Context
from tests.conftest import make_settings
from tests.people import enrol_people


@pytest.fixture
def demo_portal(tmp_path, database_url):
    """A portal whose environment is the demo's, on an empty database of each kind."""
    settings = make_settings(tmp_path, database_url).model_copy(update={"environment": "demo"})
    opened = open_portal(settings)
    yield opened
    opened.database.close()


@pytest.fixture
def loaded(demo_portal):
    said = []
    demo.prepare(demo_portal, False, said.append)
    assert len(said) > 10, "a line for each long step"
    return demo_portal


def in_transaction(portal: Portal, use_case, *given):
    with portal.database.transaction() as session:
        return use_case(Context(session, portal, PUBLIC, datetime.now(UTC)), *given)


def references(portal):
    with portal.database.reading() as session:
        return set(session.scalars(select(Case.reference)))


def test_everything_is_there_and_opens(loaded):
    marker = find_marker(loaded.settings.demo_marker)
    assert stat.S_IMODE(loaded.settings.demo_marker.stat().st_mode) == 0o600
    for account in marker.accounts:
        shown = in_transaction(loaded, _code, account.totp_seed)
        attempt = in_transaction(loaded, sign_in.prepare, account.email, PASSWORD)
        assert in_transaction(loaded, sign_in.sign_in, attempt, shown), account.email
    assert {(case.language, case.state) for case in marker.cases} == {
        ("en", "remedy_proposed"),
        ("fr", "remedy_claimed"),
        ("ar", "routed"),
    }
    for case in marker.cases:
        assert in_transaction(loaded, reporters.enter, case.code)
    assert in_transaction(loaded, audit.find_broken) is None
    assert in_transaction(loaded, systems.search, "تارن")[0].name == "Tarn Companion"
    with loaded.database.reading() as session:
        stood = {(row.language, row.state) for row in session.scalars(select(Case))}
    assert {"submitted", "safeguarding", "info_requested", "accepted", "routed"} < {
        state for _, state in stood
    }
    assert {"dialogue", "remedy_delivery", "closed_remedied"} < {state for _, state in stood}
    assert {language for language, _ in stood} == {"en", "fr", "ar"}


def test_a_second_start_keeps_it_and_a_reset_starts_over(loaded):
    before = references(loaded)
    demo.prepare(loaded, False, lambda _: None)
    assert references(loaded) == before
    demo.prepare(loaded, True, lambda _: None)
    assert len(references(loaded)) == len(before) and not references(loaded) & before


def test_an_interrupted_load_is_begun_anew(demo_portal, monkeypatch):
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(demo, "play", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        demo.prepare(demo_portal, False, lambda _: None)
    assert not find_marker(demo_portal.settings.demo_marker).ready
    demo.prepare(demo_portal, False, lambda _: None)
    assert find_marker(demo_portal.settings.demo_marker).ready


def test_it_is_not_loaded_beside_anything_real(demo_portal):
    with demo_portal.database.transaction() as session:
        enrol_people(Context(session, demo_portal, SYSTEM, datetime.now(UTC)))
    for reset in (False, True):
        with pytest.raises(demo.NotADemo, match="no demo made"):
            demo.prepare(demo_portal, reset, lambda _: None)


def test_it_is_loaded_in_a_demo_only(lone_portal):
    with pytest.raises(demo.NotADemo, match="RECOURSE_ENV=demo"):
        demo.prepare(lone_portal, False, lambda _: None)


def test_names_and_stories_name_no_place_that_could_be_real():
    told = "\n".join(str(story) for story in demo.stories())
    hosts = set(re.findall(r"https?://([^/'\"]+)", told))
    assert all(host.endswith(".example") for host in hosts)
    assert all(home.email(person).endswith(".example") for home in HOMES for person in home.people)


def _code(ctx, seed):
    return pyotp.TOTP(seed).at(ctx.now)
