"""`flask receipt ...`: publish the key of filing receipts, and check a receipt with it."""

import base64
import binascii
from pathlib import Path

import click
from flask.cli import AppGroup

from app.commands import portal
from app.crypto.errors import ReceiptInvalid
from app.crypto.receipts import verify_receipt
from app.services.receipts import published_key

group = AppGroup("receipt", help="Filing receipts: the key, and checking one.")

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@group.command("key")
def key() -> None:
    """Print the public key with which anybody can check this portal's receipts."""
    click.echo(published_key(portal()))


@group.command("verify")
@click.argument("file", type=FILE)
@click.option("--key", "key_file", type=FILE, help="A file with another portal's public key.")
def verify(file: Path, key_file: Path | None) -> None:
    """Say what a genuine receipt states, or end with 1."""
    public_key = _read_key(key_file) if key_file else portal().secrets.receipt_public_key
    try:
        receipt = verify_receipt(public_key, file.read_text(encoding="utf-8"))
    except (ReceiptInvalid, UnicodeDecodeError):
        raise click.ClickException("This is no receipt that was signed with this key.") from None
    click.echo(f"Genuine: a report reached {receipt.portal} on {receipt.day.isoformat()}.")
    click.echo(f"Its fingerprint is {receipt.fingerprint}.")


def _read_key(file: Path) -> bytes:
    try:
        found = base64.b64decode(file.read_bytes().strip(), validate=True)
    except binascii.Error:
        found = b""
    if len(found) != 32:
        raise click.ClickException(f"{file} holds no key as `flask receipt key` prints it.")
    return found
