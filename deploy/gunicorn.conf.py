"""gunicorn for the demo and for production: threads, no access log, errors through the portal's scrubber."""

import os
import sys
from pathlib import Path

chdir = str(Path(__file__).resolve().parent.parent)
sys.path.insert(0, chdir)

from app.logs import configure_logs

bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
# Memory, so that a slow disk never makes a busy worker look dead.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # nosec B108
# Uploads over slow networks take long; the heartbeat comes from another thread.
timeout = 60
graceful_timeout = 10
# No address and no exact time of a visitor is kept.
accesslog = None
# Its warnings repeat what malformed requests held.
loglevel = "error"
control_socket_disable = True


def on_starting(_server: object) -> None:
    """Before anything is served, put the scrubber over gunicorn's own log lines; workers inherit it."""
    configure_logs()
