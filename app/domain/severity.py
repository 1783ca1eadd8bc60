"""How severe a harm is. Severity sets order and speed, never whether a case is heard.

The score is the highest of three answers, never a mean: grave harm to one person is not watered down.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.domain.errors import InvalidInput
from app.domain.ids import Band, Kind
from app.domain.requirements import check_requirements

LEVELS = range(1, 6)


@dataclass(frozen=True)
class SeverityRules:
    """From the reference data: the band of each score, and what overrides it."""

    bands: Mapping[int, Band]
    critical_safeguards: frozenset[str]
    delay_band: Band


@dataclass(frozen=True)
class Severity:
    """One assessment; levels from 1 to 5. Raises `InvalidInput` naming the level that is out of range."""

    scale: int
    scope: int
    irremediability: int
    delay_makes_irremediable: bool = False
    kind: Kind = Kind.ACTUAL
    likelihood: int | None = None

    def __post_init__(self) -> None:
        for name in ("scale", "scope", "irremediability"):
            if getattr(self, name) not in LEVELS:
                raise InvalidInput("level_out_of_range", field=name)
        if self.likelihood is not None and (self.kind is Kind.ACTUAL or self.likelihood not in LEVELS):
            raise InvalidInput("likelihood_out_of_place")

    @property
    def score(self) -> int:
        """The highest of the three answers."""
        return max(self.scale, self.scope, self.irremediability)


def before_assessment(irremediability: int) -> Severity:
    """What stands until a caseworker has looked: the main harm's usual irremediability, nothing else."""
    return Severity(scale=1, scope=1, irremediability=irremediability)


def band(severity: Severity, safeguards: Collection[str], rules: SeverityRules) -> Band:
    """The band of the score, lifted by danger to a person and by harm that waiting makes final."""
    if is_overridden(safeguards, rules):
        return Band.CRITICAL
    scored = rules.bands[severity.score]
    if severity.delay_makes_irremediable:
        return max(scored, rules.delay_band, key=lambda each: each.rank)
    return scored


def is_overridden(safeguards: Collection[str], rules: SeverityRules) -> bool:
    """Whether a safeguard alone makes the case critical."""
    return not rules.critical_safeguards.isdisjoint(safeguards)


def check_irremediability(severity: Severity, default: int, given: Collection[str]) -> None:
    """Going below the main harm's usual level needs `lowering_reason` and `second_person`, else raises."""
    if severity.irremediability < default:
        check_requirements(("lowering_reason", "second_person"), given)


def queue_key(severity: Severity, safeguards: Collection[str], rules: SeverityRules) -> int:
    """One number whose ascending order is the queue's order by severity: the most severe comes first.

    Likelihood only breaks ties; a harm that happened counts as certain there.
    """
    key = 0
    for value in queue_order(severity, safeguards, rules):
        key = key * 6 + (5 - value)
    return key


def queue_order(severity: Severity, safeguards: Collection[str], rules: SeverityRules) -> tuple[int, ...]:
    """What the queue sorts by, most telling first, each from 0 to 5; higher is more severe."""
    certain = 5 if severity.kind is Kind.ACTUAL else severity.likelihood or 0
    return (
        int(is_overridden(safeguards, rules)),
        int(severity.delay_makes_irremediable),
        severity.score,
        severity.irremediability,
        severity.scale,
        severity.scope,
        certain,
    )
