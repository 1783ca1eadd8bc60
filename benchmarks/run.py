"""Runs all benchmarks, or the one named: `python -m benchmarks.run [name]`."""

import importlib
import sys

NAMES = ("pages", "queue")


def main() -> None:
    """Measure and print; an unknown name says which there are."""
    wanted = sys.argv[1:] or NAMES
    for name in wanted:
        if name not in NAMES:
            sys.exit(f"There is no benchmark called {name}; there are {', '.join(NAMES)}.")
        importlib.import_module(f"benchmarks.{name}").measure()


if __name__ == "__main__":
    main()
