"""Listing systems, finding them in any script, and what they rest on."""

import pytest

from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.domain.systems import Relation, SystemFacts, SystemKind
from app.services import systems
from tests.conftest import NOW

CHAT = SystemFacts("Lumen Chat", SystemKind.APPLICATION, "system_deployer", ("Lümi", "لومن تشات ٤", "LC%_"))
MODEL = SystemFacts("Deep One", SystemKind.MODEL, "model_builder")
CLOUD = SystemFacts("Far Cloud", SystemKind.INFRASTRUCTURE, "digital_infrastructure_provider")


@pytest.fixture
def acting(portal, people):
    """`acting(person, use_case, ...)`: one use case by one person in one transaction."""

    def act(name, use_case, *given):
        with portal.database.transaction() as session:
            return use_case(getattr(people, name).context(session, portal, NOW), *given)

    return act


@pytest.fixture
def chat(acting):
    return acting("officer", systems.add, CHAT)


@pytest.mark.parametrize(
    "text",
    ["lumen", "LUMEN CH", "chat lumen", "lumi", "  lümi ", "لُومِن", "تشات 4", "لومن تشات ۴", "ｌｕｍｅｎ"],
)
def test_a_system_is_found_by_any_part_of_a_name_in_any_script(acting, chat, text):
    assert [found.id for found in acting("caseworker", systems.search, text)] == [chat]


@pytest.mark.parametrize("text", ["", " ", "%", "_", "lumen zebra", "***", "x" * 5000])
def test_nothing_is_found_by_nothing_and_by_signs(acting, chat, text):
    assert acting("caseworker", systems.search, text) == []


def test_the_operator_finds_too_and_names_that_begin_so_come_first(acting, chat):
    other = acting("outsider", systems.add, SystemFacts("A chat", SystemKind.PRODUCT, "system_deployer"))
    begins = acting("outsider", systems.add, SystemFacts("Chat Z", SystemKind.PRODUCT, "system_deployer"))
    found = acting("caseworker", systems.search, "chat")
    assert found[0].id == begins
    assert {each.id for each in found} == {chat, other, begins}
    assert [each.id for each in acting("caseworker", systems.search, "lumen chat", 1)] == [chat]
    assert {each.id for each in acting("caseworker", systems.search, "elsewhere")} == {other, begins}


def test_a_change_is_found_and_the_old_name_no_more(acting, chat):
    acting("manager", systems.change, chat, SystemFacts("Nova", SystemKind.PRODUCT, "system_deployer"))
    assert acting("officer", systems.search, "lümi") == []
    assert acting("officer", systems.search, "nova")[0].operator == "Lumen Chat"


@pytest.mark.parametrize(
    ("use_case", "given"),
    [(systems.change, (MODEL,)), (systems.remove, ()), (systems.show, ()), (systems.cut, ("none",))],
)
def test_another_organisation_does_not_learn_of_it(acting, chat, use_case, given):
    with pytest.raises(NotFound):
        acting("outsider", use_case, chat, *given)


def test_another_organisation_links_nothing_to_it_from_its_side(acting, chat):
    own = acting("outsider", systems.add, CLOUD)
    with pytest.raises(NotFound):
        acting("outsider", systems.put, chat, own, Relation.HOSTED_ON)


def test_whoever_holds_no_role_for_it_edits_nothing(acting, chat):
    with pytest.raises(NotAllowed):
        acting("safeguarding_lead", systems.add, CLOUD)


def test_the_host_enters_systems_of_operators_that_are_not_reached(acting, chat):
    far = SystemFacts("Far Model", SystemKind.MODEL, "model_builder", operator="Far Labs")
    entered = acting("caseworker", systems.add, far)
    acting("caseworker", systems.put, entered, chat, Relation.TRAINED_ON)
    seen = acting("second_caseworker", systems.show, entered)
    assert (seen.operator, seen.editable, seen.facts.operator) == ("Far Labs", True, "Far Labs")
    assert not acting("caseworker", systems.show, chat).editable
    with pytest.raises(NotFound):
        acting("caseworker", systems.remove, chat)
    with pytest.raises(InvalidInput, match="operator"):
        acting("officer", systems.add, far)
    with pytest.raises(InvalidInput, match="operator"):
        acting("caseworker", systems.change, entered, MODEL)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (SystemFacts(" !", SystemKind.MODEL, "model_builder"), "no_name"),
        (SystemFacts("x" * 201, SystemKind.MODEL, "model_builder"), "long_name"),
        (SystemFacts("x", SystemKind.MODEL, "model_builder", ("y",) * 21), "many_names"),
        (SystemFacts("x", SystemKind.MODEL, "emperor"), "role"),
    ],
)
def test_bad_facts_are_refused(acting, facts, code):
    with pytest.raises(InvalidInput, match=code):
        acting("officer", systems.add, facts)


def test_the_list_is_paged_by_key_and_holds_only_what_one_may_see(acting, chat):
    names = ["Lumen Chat", *(f"System {number}" for number in range(4))]
    for name in names[1:]:
        acting("officer", systems.add, SystemFacts(name, SystemKind.PRODUCT, "system_deployer"))
    acting("outsider", systems.add, CLOUD)
    seen, after = [], None
    while True:
        page = acting("officer", systems.list_systems, after, 2)
        seen += [each.facts.name for each in page.systems]
        after = page.next_after
        if after is None:
            break
    assert seen == names
    assert len(acting("caseworker", systems.list_systems).systems) == 6


def test_a_removed_system_is_neither_listed_nor_found_but_the_chain_keeps_it(acting, chat):
    model = acting("upstream_officer", systems.add, MODEL)
    acting("officer", systems.put, chat, model, Relation.BUILT_ON)
    acting("upstream_officer", systems.remove, model)
    assert acting("caseworker", systems.search, "deep one") == []
    assert acting("upstream_officer", systems.list_systems).systems == ()
    assert set(acting("officer", systems.supply_of, chat).systems) == {chat, model}
    with pytest.raises(NotFound):
        acting("officer", systems.put, chat, model, Relation.TRAINED_ON)


def test_a_chain_with_a_cycle_is_read_once_round(acting, chat):
    model, cloud = acting("upstream_officer", systems.add, MODEL), acting("outsider", systems.add, CLOUD)
    acting("officer", systems.put, chat, model, Relation.BUILT_ON)
    acting("officer", systems.put, chat, model, Relation.BUILT_ON)
    acting("upstream_officer", systems.put, model, cloud, Relation.HOSTED_ON)
    acting("outsider", systems.put, cloud, chat, Relation.SUPPLIED_BY)
    chain = acting("officer", systems.supply_of, model)
    assert list(chain.systems) == [model, cloud, chat] and len(chain.edges) == 3
    assert not acting("officer", systems.picture_of, chat, 2).complete
    with pytest.raises(InvalidInput, match="same_system"):
        acting("officer", systems.put, chat, chat, Relation.BUILT_ON)


def test_edges_are_shown_with_names_and_cut_by_whom_they_belong_to(acting, chat):
    model = acting("upstream_officer", systems.add, MODEL)
    acting("officer", systems.put, chat, model, Relation.BUILT_ON)
    other = acting("outsider", systems.add, CLOUD)
    acting("outsider", systems.put, other, model, Relation.BUILT_ON)
    (edge,) = acting("upstream_officer", systems.edges_of, (model, chat), 10)
    assert (edge.downstream, edge.upstream, edge.upstream_operator) == (
        "Lumen Chat",
        "Deep One",
        "Deep Model",
    )
    with pytest.raises(NotFound):
        acting("upstream_officer", systems.cut, model, edge.id)
    acting("officer", systems.cut, chat, edge.id)
    assert acting("officer", systems.edges_of, (chat, model), 10) == ()
