"""A small layered drawing of a value chain: what people use on top, what it rests on below.

Boxes stand in rows; an edge that closes a cycle runs back up at the side. The result is numbers for SVG.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BOX_WIDTH, BOX_HEIGHT = 190, 58
GAP_ACROSS, GAP_DOWN, MARGIN = 30, 62, 12
MOST_IN_A_ROW = 5
LONGEST_LABEL = 24

Edge = tuple[str, str]  # downstream id, upstream id


@dataclass(frozen=True)
class Box:
    """One system's place, its top left corner."""

    id: str
    x: int
    y: int

    @property
    def middle(self) -> int:
        """The middle across, where its text is anchored."""
        return self.x + BOX_WIDTH // 2


@dataclass(frozen=True)
class Drawing:
    """Boxes, the path of each edge in the order given, and the size of it all."""

    boxes: tuple[Box, ...]
    paths: tuple[str, ...]
    width: int
    height: int


def draw(ids: Sequence[str], edges: Sequence[Edge]) -> Drawing:
    """Place the systems; edges must join ids that are given. Cycles do no harm."""
    rows = list(_rows(ids, edges))
    widest = max((len(row) for row in rows), default=0)
    width = 2 * MARGIN + widest * (BOX_WIDTH + GAP_ACROSS) + GAP_ACROSS
    height = 2 * MARGIN + max(0, len(rows) * (BOX_HEIGHT + GAP_DOWN) - GAP_DOWN)
    boxes = {box.id: box for number, row in enumerate(rows) for box in _place(row, number, width)}
    return Drawing(
        tuple(boxes.values()),
        tuple(_path(boxes[down], boxes[up], boxes.values()) for down, up in edges),
        width,
        height,
    )


def shortened(label: str) -> str:
    """A label that fits into a box."""
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"


def _rows(ids: Sequence[str], edges: Sequence[Edge]) -> Iterable[list[str]]:
    """Each layer in the order of what its members hang from, broken into rows that fit."""
    layers = _layers(ids, edges)
    order: dict[str, float] = {}
    for depth in range(max(layers.values(), default=-1) + 1):
        members = [id_ for id_ in ids if layers[id_] == depth]
        members.sort(key=lambda id_: _pull(id_, edges, order))
        order |= {id_: float(place) for place, id_ in enumerate(members)}
        for start in range(0, len(members), MOST_IN_A_ROW):
            yield members[start : start + MOST_IN_A_ROW]


def _layers(ids: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """The longest way down to each system, once the edges that close a cycle are left out."""
    layers, forward = dict.fromkeys(ids, 0), _without_cycles(ids, edges)
    for _round in ids:
        for down, up in forward:
            layers[up] = max(layers[up], layers[down] + 1)
    return layers


def _without_cycles(ids: Sequence[str], edges: Sequence[Edge]) -> list[Edge]:
    """Every edge but those that lead back to a system from which one just came."""
    kept: list[Edge] = []
    reached: dict[str, set[str]] = {id_: {id_} for id_ in ids}  # what leads to each system
    for down, up in edges:
        if up in reached[down]:
            continue
        kept.append((down, up))
        waiting = [up]
        while waiting:
            here = waiting.pop()
            if not reached[down] <= reached[here]:
                reached[here] |= reached[down]
                waiting += [above for below, above in kept if below == here]
    return kept


def _pull(id_: str, edges: Sequence[Edge], order: dict[str, float]) -> float:
    places = [order[down] for down, up in edges if up == id_ and down in order]
    return sum(places) / len(places) if places else float(len(order))


def _place(row: Sequence[str], number: int, width: int) -> Iterable[Box]:
    across = len(row) * (BOX_WIDTH + GAP_ACROSS) - GAP_ACROSS
    left, top = (width - across) // 2, MARGIN + number * (BOX_HEIGHT + GAP_DOWN)
    for place, id_ in enumerate(row):
        yield Box(id_, left + place * (BOX_WIDTH + GAP_ACROSS), top)


def _path(down: Box, up: Box, boxes: Iterable[Box]) -> str:
    if up.y <= down.y:
        return _way_back(down, up)
    start, end = down.y + BOX_HEIGHT, up.y - 4
    passed = [box for box in boxes if down.y < box.y < up.y]
    if not passed:
        bend = (start + end) // 2
        return f"M{down.middle} {start}C{down.middle} {bend} {up.middle} {bend} {up.middle} {end}"
    lane = _lane(passed, leftwards=up.middle <= down.middle)
    first, last = passed[0].y, passed[-1].y + BOX_HEIGHT
    return (
        f"M{down.middle} {start}C{down.middle} {first} {lane} {start} {lane} {first}"
        f"L{lane} {last}C{lane} {end} {up.middle} {last} {up.middle} {end}"
    )


def _lane(passed: Sequence[Box], leftwards: bool) -> int:
    """Where a long edge runs down beside the boxes that it passes."""
    beside = GAP_ACROSS // 2
    return (
        min(box.x for box in passed) - beside
        if leftwards
        else max(box.x for box in passed) + BOX_WIDTH + beside
    )


def _way_back(down: Box, up: Box) -> str:
    """An edge that closes a cycle: out of one side and in again further up."""
    start, end = down.y + BOX_HEIGHT // 2, up.y + BOX_HEIGHT // 2
    right, target = down.x + BOX_WIDTH, up.x + BOX_WIDTH
    far = max(right, target) + GAP_ACROSS
    return f"M{right} {start}C{far} {start} {far} {end} {target + 4} {end}"
