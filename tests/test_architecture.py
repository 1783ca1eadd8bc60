"""Holds the directions between the layers and the size of files, by reading the imports."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]
APP = ROOT / "app"
HTTP = ("flask", "flask_wtf", "wtforms", "flask_babel", "babel", "werkzeug")

# layer: what its modules must not import, by the start of the name
FORBIDDEN = {
    "domain": (*HTTP, "sqlalchemy", "cryptography", "pydantic", "yaml", "config"),
    "crypto": (*HTTP, "sqlalchemy", "config"),
    "models": (*HTTP, "cryptography", "app.services", "app.web", "app.crypto", "app.cli", "app.jobs"),
    "reference": (*HTTP, "sqlalchemy", "cryptography", "app.services", "app.web", "app.models", "app.crypto"),
    "services": (*HTTP, "app.web", "app.cli", "app.jobs"),
    "web": ("sqlalchemy", "cryptography", "app.models", "app.crypto", "app.cli", "app.jobs"),
    "jobs": (*HTTP, "app.web", "app.cli"),
}
ONLY_OWN = {
    "domain": ("app.domain",),
    "crypto": ("app.crypto",),
    "reference": ("app.reference", "app.domain"),
}
LIMIT, MEDIAN = 300, 100
SOURCES = sorted(APP.rglob("*.py"))
MEASURED = [
    *SOURCES,
    *sorted(APP.rglob("*.yaml")),
    *sorted((ROOT / "tests").rglob("*.py")),
    *sorted((ROOT / "templates").rglob("*.html")),
    *sorted((ROOT / "benchmarks").rglob("*.py")),
    *ROOT.glob("*.py"),
]


@pytest.mark.parametrize("layer", FORBIDDEN)
def test_layer_imports_nothing_forbidden(layer: str) -> None:
    broken = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sorted((APP / layer).rglob("*.py"))
        for name in imports(path)
        if within(name, FORBIDDEN[layer])
    ]
    assert not broken


@pytest.mark.parametrize("layer", ONLY_OWN)
def test_layer_imports_of_ours_only_what_it_may(layer: str) -> None:
    broken = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sorted((APP / layer).rglob("*.py"))
        for name in imports(path)
        if within(name, ("app", "config")) and not within(name, ONLY_OWN[layer])
    ]
    assert not broken


def test_only_crypto_imports_cryptography() -> None:
    users = {path.relative_to(APP).parts[0] for path in SOURCES if within_any(path, ("cryptography",))}
    assert users <= {"crypto"}


def test_services_never_commit() -> None:
    calls = [
        path.relative_to(ROOT)
        for path in sorted((APP / "services").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    ]
    assert not calls


def test_no_file_is_too_long() -> None:
    assert not [f"{path.relative_to(ROOT)}: {lines(path)}" for path in MEASURED if lines(path) > LIMIT]


def test_the_median_file_is_short() -> None:
    assert median(lines(path) for path in SOURCES) < MEDIAN


def imports(path: Path) -> Iterator[str]:
    """The full name of everything that the file imports, also within functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = absolute(path, node)
            yield from (f"{start}.{alias.name}" for alias in node.names)


def absolute(path: Path, node: ast.ImportFrom) -> str:
    """The module that a `from` import names, with leading dots resolved."""
    if not node.level:
        return node.module or ""
    package = path.relative_to(ROOT).parts[: -node.level]
    return ".".join((*package, node.module)) if node.module else ".".join(package)


def within(name: str, starts: tuple[str, ...]) -> bool:
    """Whether the name is one of these modules or lies in one."""
    return any(name == start or name.startswith(start + ".") for start in starts)


def within_any(path: Path, starts: tuple[str, ...]) -> bool:
    return any(within(name, starts) for name in imports(path))


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
