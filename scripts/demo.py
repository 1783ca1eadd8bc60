"""Start the demo: everything from an empty machine to a served site, until Ctrl-C.

Settings: PORT (8000) and RESET=1, which throws the demo's data away first.
"""

import os
import signal
import socket
import subprocess
import time
from types import FrameType
from typing import NoReturn
from urllib.error import URLError
from urllib.request import urlopen

from environment import PYTHON, ROOT, check_folder, ensure, say, stop

# The demo never touches what the settings of a real installation name.
REAL_SETTINGS = {
    "DATABASE_URL",
    "EVIDENCE_URL",
    "REDIS_URL",
    "SMTP_URL",
    "ONION_URL",
    "RECOURSE_SECRETS_FILE",
}
START_SECONDS = 30
STOP_SECONDS = 15


def main() -> None:
    """Prepare, serve, and stop cleanly."""
    port = read_port()
    check_folder()
    ensure("requirements.txt")
    run("The translations could not be compiled.", "make", "--no-print-directory", "compile")
    environment = demo_environment(port)
    reset = ["--reset"] if os.environ.get("RESET") == "1" else []
    run("The demo could not be prepared.", *flask("demo", "prepare", *reset), environment=environment)
    serve(port, environment)


def read_port() -> int:
    """The port to serve on, which nobody else may hold."""
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 0 < int(given) < 65536:
        stop(f"PORT={given} is no port. Give a number from 1024 to 65535: make demo PORT=8001")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(given)))
        except OSError as error:
            other = 8001 if given != "8001" else 8002
            stop(f"Port {given} cannot be used ({error.strerror}). Choose another: make demo PORT={other}")
    return int(given)


def demo_environment(port: int) -> dict[str, str]:
    """The environment of the demo's processes."""
    kept = {name: value for name, value in os.environ.items() if name not in REAL_SETTINGS}
    address = f"127.0.0.1:{port}"
    return {**kept, "RECOURSE_ENV": "demo", "BASE_URL": f"http://{address}", "BIND": address}


def flask(*arguments: str) -> list[str]:
    """The command line of one of the portal's commands."""
    return [str(PYTHON), "-m", "flask", "--app", "wsgi", *arguments]


def run(failure: str, *command: str, environment: dict[str, str] | None = None) -> None:
    """Run one step to its end, or end the program with the sentence of its failure."""
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode != 0:
        stop(failure + " The lines above say why.")


def serve(port: int, environment: dict[str, str]) -> None:
    """Run web server and job worker until one ends or somebody stops the demo."""
    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGHUP, interrupt)
    gunicorn = [str(PYTHON), "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "wsgi:app"]
    parts = {}
    try:
        say("Starting the web server and the job worker ...")
        for name, command in (("web server", gunicorn), ("job worker", flask("work"))):
            # In a session of their own, so that Ctrl-C reaches this program only and they end in order.
            parts[name] = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
        wait_until_served(port, parts)
        run("The demo's accounts could not be shown.", *flask("demo", "show"), environment=environment)
        say("Press Ctrl-C to stop. The data stays for the next start.")
        wait_for_end(parts)
    except KeyboardInterrupt:
        say("\nStopping ...")
    finally:
        end_all(list(parts.values()))


def interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    """Treat a request to end like Ctrl-C."""
    raise KeyboardInterrupt


def wait_until_served(port: int, parts: dict[str, "subprocess.Popen[bytes]"]) -> None:
    """Return once the site answers; end the program when it does not in time."""
    for _ in range(START_SECONDS * 10):
        stop_if_ended(parts)
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
            return
        except (URLError, OSError):
            time.sleep(0.1)
    stop(f"The site did not answer within {START_SECONDS} seconds.")


def wait_for_end(parts: dict[str, "subprocess.Popen[bytes]"]) -> None:
    """Watch both parts for ever."""
    while True:
        stop_if_ended(parts)
        time.sleep(0.5)


def stop_if_ended(parts: dict[str, "subprocess.Popen[bytes]"]) -> None:
    """End the program when a part has ended by itself."""
    for name, part in parts.items():
        if part.poll() is not None:
            stop(f"The {name} ended by itself. The lines above say why.")


def end_all(parts: list["subprocess.Popen[bytes]"]) -> None:
    """Ask both to end, wait for what they are doing, and insist after a while."""
    for part in parts:
        if part.poll() is None:
            part.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for part in parts:
        try:
            part.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            part.kill()


if __name__ == "__main__":
    main()
