"""The drawing of a value chain: everything has a place, nothing overlaps, cycles end."""

from hypothesis import given
from hypothesis import strategies as st

from app.web.desk.graph import BOX_HEIGHT, BOX_WIDTH, draw, shortened

IDS = [f"s{number}" for number in range(12)]


@given(st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), max_size=40))
def test_every_graph_is_drawn_within_its_frame_without_overlaps(edges):
    drawing = draw(IDS, edges)
    assert {box.id for box in drawing.boxes} == set(IDS) and len(drawing.paths) == len(edges)
    places = [(box.x, box.y) for box in drawing.boxes]
    assert all(0 <= x <= drawing.width - BOX_WIDTH for x, _ in places)
    assert all(0 <= y <= drawing.height - BOX_HEIGHT for _, y in places)
    assert all(
        abs(x - other_x) >= BOX_WIDTH or abs(y - other_y) >= BOX_HEIGHT
        for number, (x, y) in enumerate(places)
        for other_x, other_y in places[:number]
    )


def test_what_it_rests_on_stands_below_also_in_a_cycle():
    boxes = {box.id: box for box in draw("abc", [("a", "b"), ("b", "c"), ("c", "a")]).boxes}
    assert boxes["a"].y < boxes["b"].y < boxes["c"].y


def test_nothing_is_drawn_of_nothing_and_long_names_are_shortened():
    assert draw([], []).boxes == ()
    assert shortened("x" * 30) == "x" * 23 + "…" and shortened("short") == "short"
