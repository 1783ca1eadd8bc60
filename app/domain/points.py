"""The points that a company must answer: each harm, each thing the person wants, and their own words."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum


class PointKind(StrEnum):
    """What a point is about."""

    HARM = "harm"
    WISH = "wish"
    OWN_WORDS = "own_words"


@dataclass(frozen=True)
class Point:
    """One thing to answer; `id` is a harm's or a remedy's id, empty for the person's own words."""

    kind: PointKind
    id: str = ""

    @property
    def key(self) -> str:
        """A stable name for forms and events, like `harm:priv_personal_data_leak`."""
        return f"{self.kind}:{self.id}" if self.id else str(self.kind)


def points_to_answer(harms: Iterable[str], wishes: Iterable[str], own_words: bool) -> tuple[Point, ...]:
    """Every point once, harms first, in the order given; `own_words` if the person wrote what they want."""
    points = [Point(PointKind.HARM, harm) for harm in harms] + [
        Point(PointKind.WISH, wish) for wish in wishes
    ]
    if own_words:
        points.append(Point(PointKind.OWN_WORDS))
    return tuple(dict.fromkeys(points))


def unanswered(points: Iterable[Point], answered: Collection[str]) -> tuple[Point, ...]:
    """The points whose key is not among the answered ones."""
    return tuple(point for point in points if point.key not in answered)
