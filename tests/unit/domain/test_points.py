"""Points to answer, requirements and errors."""

import pytest

from app.domain.errors import NotFound, RecourseError, RequirementsMissing
from app.domain.points import Point, PointKind, points_to_answer, unanswered
from app.domain.requirements import check_requirements


def test_each_harm_each_wish_and_the_own_words_are_points() -> None:
    points = points_to_answer(["h1", "h2", "h1"], ["apology"], own_words=True)
    assert [point.key for point in points] == ["harm:h1", "harm:h2", "wish:apology", "own_words"]
    assert points_to_answer(["h1"], [], own_words=False) == (Point(PointKind.HARM, "h1"),)


def test_what_is_unanswered_is_told_in_order() -> None:
    points = points_to_answer(["h1"], ["apology"], own_words=True)
    assert [point.key for point in unanswered(points, {"wish:apology"})] == ["harm:h1", "own_words"]
    assert unanswered(points, {point.key for point in points}) == ()


def test_missing_requirements_are_all_named() -> None:
    check_requirements(("a", "b"), {"a", "b", "c"})
    with pytest.raises(RequirementsMissing) as refusal:
        check_requirements(("a", "b", "c"), {"b"})
    assert refusal.value.missing == ("a", "c")


def test_errors_carry_a_code_and_facts() -> None:
    error = NotFound("case", number=3)
    assert isinstance(error, RecourseError)
    assert (error.code, error.facts, str(error)) == ("case", {"number": 3}, "case: number=3")
    assert NotFound().code == "not_found"
