"""Starting: whatever prevents it is told in a sentence that says what to do, never as a traceback."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def start(*command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT}:{ROOT / 'scripts'}", **settings}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def taken_port() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield str(taken.getsockname()[1])


def test_demo_says_that_its_port_is_in_use(taken_port: str) -> None:
    done = start("scripts/demo.py", PORT=taken_port)
    assert done.returncode == 1
    assert f"Port {taken_port} cannot be used" in done.stderr
    assert "make demo PORT=" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", ["http", "0", "-1", "65536", "8000 "])
def test_demo_refuses_what_is_no_port(port: str) -> None:
    done = start("scripts/demo.py", PORT=port)
    assert done.returncode == 1
    assert "is no port" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("spoilt", "sentence"),
    [
        ("environment.LEAST_PYTHON = (9, 9)", "Python 9.9 or newer is needed"),
        ("importlib.util.find_spec = lambda name: None", "apt install python3-venv"),
        ("environment.ROOT = pathlib.Path('/proc')", "/proc cannot be written to"),
    ],
)
def test_unfit_machine_is_told_in_a_sentence(spoilt: str, sentence: str) -> None:
    program = "import environment, importlib.util, pathlib, sys\n" + spoilt
    done = start("-c", program + "\nenvironment.check_python()\nenvironment.check_folder()")
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_bad_settings_end_the_server_for_good(tmp_path: Path) -> None:
    done = start("-c", "import wsgi", RECOURSE_INSTANCE=str(tmp_path), BASE_URL="http://recourse.example")
    assert done.returncode == 3
    assert "BASE_URL: " in done.stderr
    assert "RECOURSE_SECRETS_FILE: " in done.stderr
    assert "Traceback" not in done.stderr


def test_folder_that_cannot_be_made_is_named() -> None:
    done = start("-c", "import wsgi", RECOURSE_ENV="demo", RECOURSE_INSTANCE="/proc/recourse")
    assert done.returncode == 3
    assert "RECOURSE_INSTANCE: " in done.stderr
    assert "Traceback" not in done.stderr


def test_new_secrets_are_private_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    assert start("scripts/new_secrets.py", str(path)).returncode == 0
    first = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert start("scripts/new_secrets.py", str(path)).returncode == 1
    assert path.read_bytes() == first
