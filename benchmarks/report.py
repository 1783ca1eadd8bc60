"""Prints what was measured beside its goal, and keeps it as JSON."""

import json
import platform
import statistics
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import shuffle

RESULTS = Path(__file__).parent / "results"
ROUNDS = 5


@dataclass(frozen=True)
class Row:
    """One figure: what, how much, the goal in words, and whether it is met."""

    what: str
    measured: float
    unit: str
    goal: str
    met: bool


def medians(tasks: Mapping[str, Callable[[], float]], rounds: int = ROUNDS) -> dict[str, float]:
    """The median of each task over some rounds, in shuffled order so that noise falls on all alike."""
    gathered: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds):
        order = list(tasks)
        shuffle(order)
        for name in order:
            gathered[name].append(tasks[name]())
    return {name: statistics.median(values) for name, values in gathered.items()}


def publish(name: str, rows: list[Row]) -> None:
    """Print the table and write `results/<name>.json`."""
    print(f"\n{name}")
    for row in rows:
        verdict = "met" if row.met else "MISSED"
        print(f"  {row.what:<58} {row.measured:>12,.2f} {row.unit:<8} goal {row.goal:<24} {verdict}")
    RESULTS.mkdir(exist_ok=True)
    on = datetime.now(UTC).date().isoformat()
    machine = {"python": platform.python_version(), "system": platform.system(), "processors": _processors()}
    text = json.dumps(
        {"name": name, "on": on, "machine": machine, "rows": [asdict(row) for row in rows]}, indent=2
    )
    (RESULTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def _processors() -> int:
    return len(Path("/proc/cpuinfo").read_text().split("processor\t")) - 1
