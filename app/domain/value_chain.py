"""The value chain as a graph: AI systems, who runs them, and what each is built on."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Node:
    """One AI system and the organisation that runs it, if known, in a value-chain role."""

    id: str
    role: str
    organisation_id: str | None = None
    participates: bool = False


@dataclass(frozen=True)
class Edge:
    """`downstream` is built on, trained on, hosted on or supplied by `upstream`; both are node ids."""

    downstream: str
    upstream: str


@dataclass(frozen=True)
class ValueChain:
    """A graph that may hold cycles and edges to nodes that nobody described; neither does any harm."""

    nodes: Mapping[str, Node]
    edges: Sequence[Edge]
    _upstream: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        upstream: dict[str, tuple[str, ...]] = {}
        for edge in self.edges:
            upstream[edge.downstream] = (*upstream.get(edge.downstream, ()), edge.upstream)
        object.__setattr__(self, "_upstream", upstream)

    @classmethod
    def of(cls, nodes: Iterable[Node], edges: Iterable[Edge]) -> "ValueChain":
        """A graph from plain lists."""
        return cls({node.id: node for node in nodes}, tuple(edges))

    def supply(self, start: str) -> tuple[tuple[Node, int], ...]:
        """The node and everything that it rests on, nearest first, each once, with its distance in steps."""
        distances = {start: 0}
        waiting = deque([start])
        while waiting:
            here = waiting.popleft()
            for upstream in self._upstream.get(here, ()):
                if upstream not in distances:
                    distances[upstream] = distances[here] + 1
                    waiting.append(upstream)
        return tuple((self.nodes[each], steps) for each, steps in distances.items() if each in self.nodes)
