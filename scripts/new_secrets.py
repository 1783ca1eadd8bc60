"""Make the secrets file of a new portal: .venv/bin/python scripts/new_secrets.py FILE"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.crypto.errors import SecretsFileError
from app.crypto.secrets import load_or_create_secrets


def main() -> None:
    """Make the file with mode 0600; an existing one is never overwritten."""
    if len(sys.argv) != 2:
        sys.exit("Name the file to make: scripts/new_secrets.py FILE")
    path = Path(sys.argv[1])
    if path.exists():
        sys.exit(f"{path} exists already and is left as it is.")
    try:
        load_or_create_secrets(path, create=True)
    except SecretsFileError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
