"""Attacks on filing receipts: change a field, add a line, sign with another key."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.errors import ReceiptInvalid
from app.crypto.receipts import (
    Receipt,
    fingerprint,
    new_nonce,
    new_signing_key,
    public_key_of,
    sign_receipt,
    verify_receipt,
)

KEY = new_signing_key()
PUBLIC = public_key_of(KEY)
RECEIPT = Receipt("https://portal.example", date(2026, 11, 24), fingerprint(b"n" * 32, b"narrative"))


def test_a_receipt_states_what_was_signed_and_nothing_else() -> None:
    text = sign_receipt(KEY, RECEIPT)
    assert verify_receipt(PUBLIC, text) == RECEIPT
    assert "narrative" not in text
    assert len(text.splitlines()) == 5


@pytest.mark.parametrize(
    "mangle",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("\n", "  \n") + "\n\n",
    ],
)
def test_what_mail_programs_do_to_plain_text_is_forgiven(mangle) -> None:  # type: ignore[no-untyped-def]
    assert verify_receipt(PUBLIC, mangle(sign_receipt(KEY, RECEIPT))) == RECEIPT


@pytest.mark.parametrize(
    "old, new",
    [
        ("portal.example", "portal.invalid"),
        ("2026-11-24", "2026-11-23"),
        ("2026-11-24", "2026-13-99"),
        ("format 1", "format 2"),
        ("day:", "day: 2026-11-24\nday:"),
        ("Recourse", "Dear all,\n\nRecourse"),
        ("signature: ", "signature: A"),
        ("==", ""),
        ("2026", "\u0662\u0660\u0662\u0666"),
    ],
)
def test_any_other_text_is_refused(old: str, new: str) -> None:
    text = sign_receipt(KEY, RECEIPT)
    assert old in text
    with pytest.raises(ReceiptInvalid):
        verify_receipt(PUBLIC, text.replace(old, new))


def test_another_fingerprint_or_key_is_refused() -> None:
    text = sign_receipt(KEY, RECEIPT)
    with pytest.raises(ReceiptInvalid):
        verify_receipt(PUBLIC, text.replace(RECEIPT.fingerprint, fingerprint(b"n" * 32, b"other")))
    with pytest.raises(ReceiptInvalid):
        verify_receipt(public_key_of(new_signing_key()), text)


@given(st.text(max_size=500))
def test_nothing_given_breaks_the_check(text: str) -> None:
    with pytest.raises(ReceiptInvalid):
        verify_receipt(PUBLIC, text)


def test_an_endless_text_is_refused_at_once() -> None:
    with pytest.raises(ReceiptInvalid):
        verify_receipt(PUBLIC, sign_receipt(KEY, RECEIPT) + "\n" * 5000)


@pytest.mark.parametrize("portal", ["", "https://a b", "https://a\nday: 2020-01-01"])
def test_a_malformed_field_is_never_signed(portal: str) -> None:
    with pytest.raises(ReceiptInvalid):
        sign_receipt(KEY, replace(RECEIPT, portal=portal))


def test_a_fingerprint_needs_the_nonce_and_the_exact_parts() -> None:
    nonce = new_nonce()
    made = {
        fingerprint(nonce, b"ab", b"c"),
        fingerprint(nonce, b"a", b"bc"),
        fingerprint(nonce, b"abc"),
        fingerprint(new_nonce(), b"abc"),
    }
    assert len(made) == 4
