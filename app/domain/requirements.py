"""What an action asks for before it may happen."""

from collections.abc import Collection, Iterable

from app.domain.errors import RequirementsMissing


def check_requirements(required: Iterable[str], given: Collection[str]) -> None:
    """Raise `RequirementsMissing`, listing every required id that was not given, in the order asked."""
    missing = tuple(each for each in required if each not in given)
    if missing:
        raise RequirementsMissing(missing)
