"""Proposals: the rules of routing with the names that people read."""

import pytest

from app.domain.routing import ReasonId
from app.domain.systems import Relation, SystemFacts, SystemKind
from app.services import proposals, systems
from app.services.context import PUBLIC, Context
from tests.conftest import NOW

HARM = "priv_personal_data_leak"


@pytest.fixture
def chain(portal, people):
    """Lumen's chat is built on Deep's model, which runs on a cloud whose operator is not reached."""
    with portal.database.transaction() as session:
        lumen, deep, host = (
            getattr(people, name).context(session, portal, NOW)
            for name in ("officer", "upstream_officer", "caseworker")
        )
        chat = systems.add(lumen, SystemFacts("Chat", SystemKind.APPLICATION, "system_deployer"))
        model = systems.add(deep, SystemFacts("Deep One", SystemKind.MODEL, "model_builder"))
        far = SystemFacts(
            "Far Cloud", SystemKind.INFRASTRUCTURE, "digital_infrastructure_provider", operator="Far"
        )
        cloud = systems.add(host, far)
        systems.put(lumen, chat, model, Relation.BUILT_ON)
        systems.put(deep, model, cloud, Relation.HOSTED_ON)
    return chat, model, cloud


@pytest.fixture
def propose(portal):
    def ask(*given):
        with portal.database.reading() as session:
            return proposals.propose(Context(session, portal, PUBLIC, NOW), *given)

    return ask


def test_names_stand_with_the_reasons(people, chain, propose):
    found = propose(chain[0], [HARM])
    assert [each.name for each in found.parties] == ["Lumen Chat", "Deep Model"]
    assert (found.others[0].system, found.others[0].role) == ("Deep One", "model_builder")
    assert all(reason.system for party in found.parties for reason in party.reasons)


def test_without_a_harm_the_company_of_the_named_system_leads(chain, propose):
    found = propose(chain[0], [])
    assert (found.lead.name, found.lead.system) == ("Lumen Chat", "Chat")
    assert [reason.id for reason in found.lead.reasons] == [
        ReasonId.RUNS_NAMED_SYSTEM,
        ReasonId.NEAREST_IN_CHAIN,
    ]


def test_whoever_is_left_out_is_not_proposed(people, chain, propose):
    found = propose(chain[0], [HARM], [people.officer.actor.organisation_id])
    assert "Lumen Chat" not in {each.name for each in found.parties}
    assert ReasonId.LEFT_OUT_AT_YOUR_WISH in {reason.id for reason in found.reasons}


def test_an_operator_that_is_not_reached_leads_to_the_host(chain, propose):
    found = propose(chain[2], [])
    assert found.lead is None and found.reasons[0].id is ReasonId.NOBODY_TAKES_PART


@pytest.mark.parametrize("system_id", [None, "", "0" * 32])
def test_an_unknown_system_leads_to_the_host(portal, people, propose, system_id):
    found = propose(system_id, [HARM])
    assert found.lead is None and found.parties == ()
    assert [reason.id for reason in found.reasons] == [ReasonId.SYSTEM_UNKNOWN]
