"""What harms and safeguards bring with them: evidence rules and outside routes."""

import pytest

from app.reference import load_reference
from app.reference.records_taxonomy import EvidenceRule

REFERENCE = load_reference()


@pytest.mark.parametrize(
    ("harms", "rule"),
    [
        ([], EvidenceRule.ANY),
        (["prop_scam_financial_loss"], EvidenceRule.ANY),
        (["phys_intimate_image_abuse", "prop_scam_financial_loss"], EvidenceRule.LINKS),
        (["phys_intimate_image_abuse", "child_peer_nudify"], EvidenceRule.NONE),
    ],
)
def test_the_strictest_evidence_rule_holds(harms: list[str], rule: EvidenceRule) -> None:
    assert REFERENCE.evidence_rule(REFERENCE.safeguards_of(harms)) is rule


def test_every_harm_has_a_route_of_any_kind() -> None:
    for harm in REFERENCE.harms:
        assert REFERENCE.routes_for([harm])


def test_urgent_routes_come_first() -> None:
    harms = ["child_csam_generated", "priv_personal_data_leak"]
    routes = REFERENCE.routes_for(harms, ["user_state"], REFERENCE.safeguards_of(harms))
    urgent = [REFERENCE.route_kinds[route.kind].urgent for route in routes]
    assert urgent == sorted(urgent, reverse=True)
    assert urgent[0]


def test_routes_for_this_case_come_before_those_for_every_case() -> None:
    always = [route.always for route in REFERENCE.routes_for(["prop_scam_financial_loss"])]
    assert always == sorted(always)


def test_routes_that_do_not_fit_are_left_out() -> None:
    shown = {route.id for route in REFERENCE.routes_for(["work_ai_monitoring"])}
    assert "labour_inspectorate_or_union" in shown
    assert not shown & {"child_hotline", "election_authority", "ombudsperson"}
