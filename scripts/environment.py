"""Make `.venv` hold exactly the pinned packages of a requirements file; quick when it does already.

Runs on the machine's own Python, before anything is installed: standard library only.
Usage: python3 scripts/environment.py requirements.txt
"""

import hashlib
import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
LEAST_PYTHON = (3, 11)


def say(text: str) -> None:
    """Tell what is going on, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def stop(text: str) -> None:
    """End with a sentence that says what to do."""
    sys.exit("\n" + text)


def ensure(requirements: str) -> None:
    """Install what the file pins unless it is there already; ends the program when that is impossible."""
    check_python()
    pinned = hashlib.sha256((ROOT / requirements).read_bytes()).hexdigest()
    if PYTHON.exists() and _read_stamp().get(requirements) == pinned:
        return
    check_folder()
    _ensure_venv()
    _install(requirements)
    _write_stamp(requirements, pinned)


def check_python() -> None:
    """Refuse a Python that is too old or has no venv module."""
    if sys.version_info < LEAST_PYTHON:
        found, needed = sys.version.split()[0], ".".join(map(str, LEAST_PYTHON))
        stop(f"Python {needed} or newer is needed; this is {found}. Name it: make demo PYTHON=python{needed}")
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        stop("Python's venv module is missing. On Debian or Ubuntu: apt install python3-venv")


def check_folder() -> None:
    """Refuse a project folder in which nothing can be written."""
    try:
        with tempfile.TemporaryFile(dir=ROOT):
            pass
    except OSError as error:
        stop(f"The folder {ROOT} cannot be written to ({error.strerror}). Use a folder of your own.")


def _ensure_venv() -> None:
    probe = [str(PYTHON), "-m", "pip", "--version"]
    if PYTHON.exists() and subprocess.run(probe, capture_output=True, check=False).returncode == 0:
        return
    say("Making a virtual environment in .venv ...")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False)
    if made.returncode != 0:
        stop("The virtual environment could not be made. On Debian or Ubuntu: apt install python3-venv")


def _install(requirements: str) -> None:
    packages = sum("==" in line for line in (ROOT / requirements).read_text().splitlines())
    say(f"Installing {packages} pinned packages from {requirements} (about a minute, only this once) ...")
    command = [str(PYTHON), "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check"]
    command += ["--require-hashes", "--no-deps", "-r", requirements]
    done = subprocess.run(command, cwd=str(ROOT), check=False)
    if done.returncode != 0:
        stop("The packages could not be installed; the lines above say why. Is there a network connection?")


def _read_stamp() -> "dict[str, str]":
    try:
        return dict(json.loads(STAMP.read_text()))
    except (OSError, ValueError):
        return {}


def _write_stamp(requirements: str, pinned: str) -> None:
    # The development file holds the pins of the other one too.
    holds = {requirements: pinned}
    if requirements == "requirements-dev.txt":
        holds["requirements.txt"] = hashlib.sha256((ROOT / "requirements.txt").read_bytes()).hexdigest()
    STAMP.write_text(json.dumps(holds))


if __name__ == "__main__":
    ensure(sys.argv[1])
