"""What the statement says, as it is sealed, and the receipt that proves that it was filed."""

import json

from app.crypto import receipts
from app.domain.intake import Report
from app.services.context import Context


def statement_text(report: Report, nonce: bytes) -> str:
    """The JSON text of the statement, with the nonce that the receipt's fingerprint was made with."""
    return json.dumps({**_said(report), "receipt_nonce": nonce.hex()}, ensure_ascii=False)


def identity_text(report: Report) -> str:
    """The JSON text of who the person is and how to reach them."""
    who = report.identity
    said = {"name": who.name, "contact": who.contact, "safe_way": who.safe_way}
    return json.dumps(said, ensure_ascii=False)


def make_receipt(ctx: Context, report: Report, nonce: bytes) -> str:
    """The signed text that proves that this statement reached this portal on this day."""
    said = json.dumps(_said(report), ensure_ascii=False, sort_keys=True)
    fingerprint = receipts.fingerprint(nonce, said.encode())
    receipt = receipts.Receipt(ctx.portal.settings.base_url, ctx.today, fingerprint)
    return receipts.sign_receipt(ctx.portal.secrets.receipt_signing_key, receipt)


def _said(report: Report) -> dict[str, object]:
    return {
        "happened": report.happened,
        "system": report.system,
        "system_id": report.system_id,
        "for_whom": report.for_whom or "",
        "age": report.age or "",
        "since": report.since,
        "wanted": list(report.wanted),
        "wish": report.wish,
        "links": list(report.links),
    }
