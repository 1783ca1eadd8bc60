"""Refusals that callers may meet. Each has a stable `code`, which the web turns into a sentence."""

from typing import ClassVar


class RecourseError(Exception):
    """The root: `code` never changes its meaning, `facts` are ids and figures, never content of a case."""

    default_code: ClassVar[str] = "error"

    def __init__(self, code: str | None = None, **facts: object) -> None:
        self.code = code or self.default_code
        self.facts = facts
        details = ", ".join(f"{name}={value}" for name, value in facts.items())
        super().__init__(f"{self.code}: {details}" if details else self.code)


class NotFound(RecourseError):
    """There is no such thing, or this actor may not learn that there is."""

    default_code = "not_found"


class NotAllowed(RecourseError):
    """The actor is known, and this is not theirs to do."""

    default_code = "not_allowed"


class InvalidInput(RecourseError):
    """A value is outside what the rules allow."""

    default_code = "invalid_input"


class Conflict(RecourseError):
    """Somebody else was faster, or the thing exists already."""

    default_code = "conflict"


class IllegalTransition(RecourseError):
    """The life cycle does not list this action for this state and role."""

    default_code = "illegal_transition"


class RequirementsMissing(RecourseError):
    """Something that an action requires was not given; `missing` holds the ids of the requirements."""

    default_code = "requirements_missing"

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(missing=", ".join(missing))
        self.missing = missing


class UndertakingMissing(RequirementsMissing):
    """The member has not promised yet that nobody is punished for a report."""

    def __init__(self) -> None:
        super().__init__(("non_retaliation_undertaking",))


class PlanIncomplete(RecourseError):
    """A remedy plan breaks the rules for plans; `problems` says which, each with the item it is about."""

    default_code = "plan_incomplete"

    def __init__(self, problems: tuple[tuple[str, int | None], ...]) -> None:
        super().__init__(problems=", ".join(code for code, _ in problems))
        self.problems = problems


class TooManyAttempts(RecourseError):
    """Earlier failures still slow the next try; `seconds` says how long to wait."""

    default_code = "too_many_attempts"

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds=seconds)
        self.seconds = seconds
