"""What may lie in the repository: pinned packages with hashes, and nothing that belongs to one machine."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCK_FILES = {
    "uv.lock",
    "poetry.lock",
    "pdm.lock",
    "Pipfile.lock",
    "package-lock.json",
    "yarn.lock",
    "pnpm-lock.yaml",
}
# In pieces, so that this file is not found by itself.
REGISTRY_HOSTS = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "deb.debian" + ".org",
    "crates" + ".io",
    "proxy.golang" + ".org",
    "ghcr" + ".io",
]
MACHINE_PATHS = [
    "/wo" + "rk/main",
    "/wo" + "rk/shared",
    "/tm" + "p/plan",
    "/ro" + "ot/",
    "/Us" + "ers/",
    ".py" + "env",
    "/opt/whe" + "els",
]
PINNED_FILES = ["requirements.txt", "requirements-dev.txt"]
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[a-z,]+\])?==(\S+)", re.MULTILINE)
# Parts of the project itself, as imports name them.
OWN = {"app", "config", "wsgi", "environment"}


def repository_files() -> list[Path]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for path in (ROOT / line for line in listed.splitlines()) if path.is_file()]


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / name).read_text()))


def direct_dependencies(name: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = list(project["dependencies"])
    if name == "requirements-dev.txt":
        wanted += project["optional-dependencies"]["dev"]
    return [Requirement(text) for text in wanted]


def imported_modules(folder: str) -> Iterator[str]:
    for path in (ROOT / folder).rglob("*.py") if (ROOT / folder).is_dir() else [ROOT / folder]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.split(".")[0]


def test_there_is_no_lock_file() -> None:
    assert [path for path in repository_files() if path.name in LOCK_FILES] == []


@pytest.mark.parametrize("forbidden", REGISTRY_HOSTS + MACHINE_PATHS)
def test_no_file_names_a_registry_or_a_place_on_one_machine(forbidden: str) -> None:
    needle = forbidden.encode()
    assert [str(path) for path in repository_files() if needle in path.read_bytes()] == []


@pytest.mark.parametrize("name", PINNED_FILES)
def test_each_package_is_pinned_with_hashes_and_without_an_address(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert " @ " not in text
    entries = re.split(r"\n(?=[a-z])", text)
    for entry in entries:
        assert PIN.match(entry), entry.splitlines()[0]
        assert "--hash=sha256:" in entry, entry.splitlines()[0]
    assert not re.search(r"^-", text, re.MULTILINE)


@pytest.mark.parametrize("name", PINNED_FILES)
def test_each_direct_dependency_is_pinned_at_an_allowed_release(name: str) -> None:
    found = pins(name)
    for wanted in direct_dependencies(name):
        pinned = found.get(canonicalize_name(wanted.name))
        assert pinned, f"{wanted.name} is not pinned in {name}: run `make requirements`"
        assert wanted.specifier.contains(pinned), f"{wanted} is pinned at {pinned}: run `make requirements`"


def test_development_runs_on_the_pins_of_production() -> None:
    development = pins("requirements-dev.txt")
    assert {name: development.get(name) for name in pins("requirements.txt")} == pins("requirements.txt")


def test_what_the_portal_imports_is_pinned_for_production() -> None:
    distributions, found = packages_distributions(), pins("requirements.txt")
    modules = {module for part in ("app", "config.py", "wsgi.py") for module in imported_modules(part)}
    missing = {
        module
        for module in modules - OWN - sys.stdlib_module_names
        if not any(canonicalize_name(name) in found for name in distributions.get(module, []))
    }
    assert missing == set()
