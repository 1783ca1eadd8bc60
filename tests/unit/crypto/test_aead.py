"""Attacks on single sealed values: move them, cut them, change them, try another key."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.aead import Place, new_key, open_sealed, seal
from app.crypto.errors import CannotOpen
from app.crypto.padding import TEXT_STEP, open_text, pad, seal_text, unpad

PLACE = Place("messages", "body", "row-1", "case-1")


@given(st.binary(max_size=5000))
def test_what_is_sealed_opens_again(data: bytes) -> None:
    key = new_key()
    assert open_sealed(key, seal(key, data, PLACE), PLACE) == data


@pytest.mark.parametrize(
    "moved",
    [
        replace(PLACE, table="evidence"),
        replace(PLACE, column="subject"),
        replace(PLACE, row_id="row-2"),
        replace(PLACE, case_id="case-2"),
        Place("messagesb", "ody", "row-1", "case-1"),
        Place("messages", "body", "row-1case-1", ""),
    ],
)
def test_a_moved_blob_does_not_open(moved: Place) -> None:
    key = new_key()
    with pytest.raises(CannotOpen):
        open_sealed(key, seal(key, b"secret", PLACE), moved)


def test_another_key_does_not_open() -> None:
    with pytest.raises(CannotOpen):
        open_sealed(new_key(), seal(new_key(), b"secret", PLACE), PLACE)


def test_no_cut_and_no_flipped_byte_opens() -> None:
    key = new_key()
    blob = seal(key, b"secret", PLACE)
    damaged = [blob[:end] for end in range(len(blob))] + [blob + b"\x00"]
    damaged += [blob[:at] + bytes([blob[at] ^ 1]) + blob[at + 1 :] for at in range(len(blob))]
    for attempt in damaged:
        with pytest.raises(CannotOpen):
            open_sealed(key, attempt, PLACE)


def test_two_seals_of_one_value_share_nothing_but_the_version() -> None:
    key = new_key()
    first, second = seal(key, b"secret", PLACE), seal(key, b"secret", PLACE)
    assert first[1:13] != second[1:13]
    assert first[13:] != second[13:]


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_key_of_the_wrong_length_is_a_programming_error(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        seal(bytes(length), b"secret", PLACE)


@given(st.text(max_size=5000))
def test_texts_in_any_script_come_back(text: str) -> None:
    key = new_key()
    assert open_text(key, seal_text(key, text, PLACE), PLACE) == text


def test_lengths_of_sealed_texts_tell_only_the_step() -> None:
    key = new_key()
    sizes = {len(seal_text(key, "a" * length, PLACE)) for length in (0, 1, 500, TEXT_STEP - 4)}
    assert len(sizes) == 1
    assert len(seal_text(key, "a" * (TEXT_STEP - 3), PLACE)) == sizes.pop() + TEXT_STEP


@given(st.binary(max_size=300), st.integers(min_value=1, max_value=64))
def test_padding_round_trip(data: bytes, step: int) -> None:
    padded = pad(data, step)
    assert len(padded) % step == 0
    assert unpad(padded, step) == data


@pytest.mark.parametrize(
    "padded",
    [
        b"",
        b"\x00\x00",
        b"\xff\xff\xff\xff" + bytes(12),
        pad(b"hidden", 16)[:-1] + b"x",
        pad(b"hidden", 16) + bytes(16),
        pad(b"hidden", 16)[:-6],
    ],
)
def test_other_padding_than_ours_is_refused(padded: bytes) -> None:
    with pytest.raises(CannotOpen):
        unpad(padded, 16)


def test_bytes_that_are_no_text_are_refused_as_text() -> None:
    key = new_key()
    with pytest.raises(CannotOpen):
        open_text(key, seal(key, pad(b"\xff\xfe\xfd"), PLACE), PLACE)
