"""Routing: whatever the graph, the report reaches a party that takes part, or the host with a reason."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import Involvement
from app.domain.routing import Proposal, ReasonId, propose
from app.domain.value_chain import Edge, Node, ValueChain

ROLES = ["model_builder", "system_deployer", "hosting_platform", "data_provider", "hardware_manufacturer"]
ORDER = ("model_builder", "system_deployer", "system_operator_monitor")
NAMES = [f"s{number}" for number in range(7)]

NODES = st.lists(
    st.builds(
        Node,
        st.sampled_from(NAMES),
        st.sampled_from(ROLES),
        st.none() | st.sampled_from(["a", "b", "c", "d"]),
        st.booleans(),
    ),
    max_size=9,
)
EDGES = st.lists(st.builds(Edge, st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=20)
ORDERS = st.lists(st.lists(st.sampled_from(ROLES), unique=True), max_size=3)
NAMED = st.none() | st.sampled_from([*NAMES, "unheard"])
EXCLUDED = st.sets(st.sampled_from(["a", "b", "c", "d", "e"]))


@given(NODES, EDGES, NAMED, ORDERS, EXCLUDED)
def test_promises(
    nodes: list[Node], edges: list[Edge], named: str | None, orders: list[list[str]], excluded: set[str]
) -> None:
    chain = ValueChain.of(nodes, edges)
    proposal = propose(chain, named, orders, excluded)
    parties = [proposal.lead, *proposal.others] if proposal.lead else []
    organisations = [party.organisation_id for party in parties]
    assert not set(organisations) & excluded
    assert len(organisations) == len(set(organisations))
    for party in parties:
        node = chain.nodes[party.system_id]
        assert node.participates
        assert (node.organisation_id, node.role) == (party.organisation_id, party.role)
        assert party.reasons
    assert proposal.to_host == (not parties)
    assert parties or proposal.reasons
    assert not proposal.others or proposal.lead
    assert not {each.organisation_id for each in proposal.unreachable} & excluded


@given(NODES, EDGES, NAMED, ORDERS, EXCLUDED, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nobody(
    nodes: list[Node],
    edges: list[Edge],
    named: str | None,
    orders: list[list[str]],
    excluded: set[str],
    chance: Random,
) -> None:
    unique = list({node.id: node for node in nodes}.values())
    first = propose(ValueChain.of(unique, edges), named, orders, excluded)
    chance.shuffle(unique)
    chance.shuffle(edges)
    again = propose(ValueChain.of(unique, edges), named, orders, excluded)
    assert (again.lead, again.others, again.unreachable) == (first.lead, first.others, first.unreachable)


CHAIN = ValueChain.of(
    [
        Node("app", "system_deployer", "apps", True),
        Node("model", "model_builder", "models", True),
        Node("data", "data_provider", "data", False),
        Node("chips", "hardware_manufacturer", "chips", True),
    ],
    [Edge("app", "model"), Edge("model", "data"), Edge("model", "app"), Edge("model", "chips")],
)


def proposed(
    named: str | None = "app", order: tuple[str, ...] = ORDER, without: tuple[str, ...] = ()
) -> Proposal:
    return propose(CHAIN, named, [order], without)


def test_the_company_behind_the_named_system_leads_and_its_supplier_joins() -> None:
    proposal = proposed()
    assert proposal.lead is not None
    assert proposal.lead.organisation_id == "apps"
    assert [reason.id for reason in proposal.lead.reasons] == ["runs_named_system", "role_fits_harm"]
    assert [party.organisation_id for party in proposal.others] == ["models"]
    assert proposal.lead.involvement is Involvement.CONTRIBUTE
    assert proposal.others[0].reasons[0].id is ReasonId.SUPPLIES_NAMED_SYSTEM


def test_a_role_that_does_not_fit_stays_out_while_others_fit() -> None:
    organisations = {party.organisation_id for party in proposed().others}
    assert "chips" not in organisations


def test_the_supplier_leads_where_the_named_company_is_excluded() -> None:
    proposal = proposed(without=("apps",))
    assert proposal.lead is not None
    assert proposal.lead.organisation_id == "models"
    assert [reason.id for reason in proposal.reasons] == ["left_out_at_your_wish"]


def test_who_is_responsible_but_absent_is_listed_for_the_host() -> None:
    proposal = proposed(order=("data_provider", "system_deployer"))
    assert [(each.system_id, each.organisation_id) for each in proposal.unreachable] == [("data", "data")]


def test_the_nearest_leads_where_no_role_fits() -> None:
    proposal = proposed(order=("search_service",))
    assert proposal.lead is not None
    assert proposal.lead.organisation_id == "apps"
    assert proposal.lead.involvement is Involvement.UNDETERMINED
    assert not proposal.others


def test_unknown_systems_go_to_the_host() -> None:
    for named in (None, "unheard"):
        proposal = proposed(named)
        assert proposal.to_host
        assert [reason.id for reason in proposal.reasons] == ["system_unknown"]


def test_with_nobody_left_the_host_gets_it_with_the_reason() -> None:
    proposal = proposed(without=("apps", "models", "chips"))
    assert proposal.to_host
    assert proposal.reasons[0].id is ReasonId.NOBODY_TAKES_PART


def test_a_long_cycle_ends() -> None:
    many = [Node(f"n{number}", "model_builder") for number in range(2000)]
    ring = [Edge(f"n{number}", f"n{(number + 1) % 2000}") for number in range(2000)]
    proposal = propose(ValueChain.of(many, ring), "n0", [ORDER])
    assert proposal.to_host
    assert len(proposal.unreachable) == 2000
