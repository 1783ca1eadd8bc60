"""Remedies, outside routes and how well the mechanism works."""

from typing import Annotated

from pydantic.dataclasses import dataclass

from app.reference.marks import STRICT, ChainRoleId, Days, HarmId, Id, Ref, SafeguardId, Text


@dataclass(frozen=True, config=STRICT)
class Remedy:
    """A form of remedy; `days` is a usual time to deliver, None where an authority decides."""

    id: Id
    family: Annotated[str, Ref(("remedy_families",))]
    name: Text
    description: Text
    proof: Text
    serves: Annotated[str, Ref((), also=("person", "system"))]
    days: Days | None = None
    caution: Text | None = None
    prevents: bool = False
    by_authority: bool = False


@dataclass(frozen=True, config=STRICT)
class RouteKind:
    """A kind of outside route; urgent ones come first."""

    id: Id
    name: Text
    urgent: bool = False


@dataclass(frozen=True, config=STRICT)
class Route:
    """A way to help outside this portal, and what it can and cannot give."""

    id: Id
    kind: Annotated[str, Ref(("route_kinds",))]
    area: Annotated[str, Ref(("route_areas",))]
    name: Text
    gives: Text
    who: Text
    time: Text
    caution: Text | None = None
    harms: tuple[HarmId, ...] = ()
    roles: tuple[ChainRoleId, ...] = ()
    safeguards: tuple[SafeguardId, ...] = ()
    always: bool = False
    only_in_person: bool = False


@dataclass(frozen=True, config=STRICT)
class Indicator:
    """A figure that tells how well a criterion is met."""

    id: Id
    name: Text
    better: Annotated[str, Ref((), also=("up", "down", "band", "context"))]
    unit: Annotated[str, Ref((), also=("ratio", "mean", "count", "days"))]
    target: str | None = None


@dataclass(frozen=True, config=STRICT)
class Criterion:
    """One of the criteria for a mechanism that works, with its indicators."""

    id: Id
    name: Text
    meaning: Text
    ungp31: Id
    indicators: tuple[Indicator, ...]
