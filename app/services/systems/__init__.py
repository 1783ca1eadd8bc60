"""The AI systems that organisations list, what they rest on, and how people find them."""

from app.services.systems.edges import EdgeSeen, cut, edges_of, put
from app.services.systems.finding import SystemFound, search
from app.services.systems.graph import Chain, SystemNode, picture_of, supply_of
from app.services.systems.listing import SystemPage, SystemSeen, add, change, list_systems, remove, show

__all__ = [
    "Chain",
    "EdgeSeen",
    "SystemFound",
    "SystemNode",
    "SystemPage",
    "SystemSeen",
    "add",
    "change",
    "cut",
    "edges_of",
    "list_systems",
    "picture_of",
    "put",
    "remove",
    "search",
    "show",
    "supply_of",
]
