"""Checking filing receipts: anybody may, here or offline with the published key."""

import base64
from datetime import date

from app.crypto.errors import ReceiptInvalid
from app.crypto.receipts import verify_receipt
from app.domain.errors import InvalidInput
from app.portal import Portal

LONGEST_RECEIPT = 4000


def filed_on(portal: Portal, text: str) -> date:
    """The day on which this portal took in the report of a receipt.

    Raises InvalidInput: `not_our_receipt`, also for one that was changed or made by another portal.
    """
    try:
        receipt = verify_receipt(portal.secrets.receipt_public_key, text)
    except ReceiptInvalid:
        raise InvalidInput("not_our_receipt") from None
    return receipt.day


def published_key(portal: Portal) -> str:
    """The portal's Ed25519 key for receipts, 32 bytes in base64."""
    return base64.b64encode(portal.secrets.receipt_public_key).decode()
