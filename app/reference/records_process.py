"""The life of a case, severity and involvement."""

from typing import Annotated

from pydantic.dataclasses import dataclass

from app.domain.ids import Band, Outcome, Scope
from app.reference.marks import STRICT, Days, Id, Level, PersonId, Ref, StateId, Text

BACK, BACK_OR_SCREENING, ANY_EVENT = "back", "back_or_screening", "any"

LeverageId = Annotated[str, Ref(("leverage_actions",))]
RoleGroupId = Annotated[str, Ref(("role_groups",))]
SourceId = Annotated[str, Ref(("states", "state_groups"))]
TargetId = Annotated[str, Ref(("states",), also=(BACK, BACK_OR_SCREENING))]
EventId = Annotated[str, Ref(("transitions", "other_events"))]
StartId = Annotated[str, Ref(("transitions", "other_events"), also=(ANY_EVENT,))]
AnswerId = Annotated[str, Ref(("involvement_questions", "involvement_values"))]


@dataclass(frozen=True, config=STRICT)
class Named:
    """An id with the name that people read."""

    id: Id
    name: Text


@dataclass(frozen=True, config=STRICT)
class Said:
    """An id with a sentence."""

    id: Id
    text: Text


@dataclass(frozen=True, config=STRICT)
class OtherEvent:
    """Something besides the actions that starts or ends a deadline."""

    id: Id


@dataclass(frozen=True, config=STRICT)
class StateRecord:
    """A state, and what it means to the person."""

    id: Id
    name: Text
    meaning: Text
    closed: bool = False
    outcome: Outcome | None = None
    clock_paused: bool = False
    interrupts: bool = False
    overlay: bool = False


@dataclass(frozen=True, config=STRICT)
class StateGroup:
    """A name for several states."""

    id: Id
    states: tuple[StateId, ...]


@dataclass(frozen=True, config=STRICT)
class TransitionRecord:
    """An action: the words on its button, the sentence in the timeline, and where it leads by whom."""

    id: Id
    label: Text
    event: Text
    sources: tuple[SourceId, ...]
    to: TargetId
    by: tuple[PersonId, ...]
    scope: Scope
    requires: tuple[Annotated[str, Ref(("requirements",))], ...] = ()
    later: bool = False


@dataclass(frozen=True, config=STRICT)
class DeadlineRecord:
    """A time limit in calendar days; `kind` is product, analogy or law_eu."""

    id: Id
    name: Text
    days: Days | tuple[Days, ...]
    starts: tuple[StartId, ...]
    owner: PersonId
    kind: Annotated[str, Ref((), also=("product", "analogy", "law_eu"))]
    ends: tuple[EventId, ...] = ()
    critical_days: Days | None = None
    extended_by: EventId | None = None
    extension_days: Days = 0
    runs_in: tuple[StateId, ...] = ()
    after_close: bool = False


@dataclass(frozen=True, config=STRICT)
class LevelText:
    """One step of a severity question."""

    level: Level
    text: Text


@dataclass(frozen=True, config=STRICT)
class Dimension:
    """A severity question with its five answers."""

    id: Id
    question: Text
    levels: tuple[LevelText, ...]


@dataclass(frozen=True, config=STRICT)
class Asked:
    """A field of an assessment, as a question."""

    id: Id
    question: Text


@dataclass(frozen=True, config=STRICT)
class BandRecord:
    """A severity band and the scores that fall into it."""

    id: Band
    name: Text
    scores: tuple[Level, ...]
    least_where_waiting_is_final: bool = False


@dataclass(frozen=True, config=STRICT)
class InvolvementValue:
    """How an organisation may be tied to a harm, how to tell, and what follows."""

    id: Id
    name: Text
    duty: Id
    follows: tuple[Text, ...]
    test: Text | None = None


@dataclass(frozen=True, config=STRICT)
class InvolvementQuestion:
    """A question that leads to another one or to a value."""

    id: Id
    question: Text
    if_yes: AnswerId
    if_no: AnswerId


@dataclass(frozen=True, config=STRICT)
class LeverageAction:
    """A way to press others in the chain; a higher step is a stronger one."""

    id: Id
    name: Text
    step: int
