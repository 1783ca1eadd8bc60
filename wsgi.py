"""The application object, for gunicorn (`wsgi:app`) and for commands (`flask --app wsgi ...`)."""

import sys

from app import create_app
from app.crypto.errors import SecretsFileError
from app.logs import configure_logs
from app.reference import ReferenceDataError
from config import ConfigError

# gunicorn gives up on this status; on any other it would start a broken worker again and again.
CANNOT_START = 3

configure_logs()
try:
    app = create_app()
except (ConfigError, SecretsFileError, ReferenceDataError) as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(CANNOT_START)
