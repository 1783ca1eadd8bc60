"""Attacks on sealed boxes: another reader, another case, damaged bytes, half a key pair."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.boxes import PRIVATE_BYTES, PUBLIC_BYTES, KeyPair, grant_info, new_key_pair, open_box, seal_to
from app.crypto.errors import CannotOpen

INFO = grant_info("case-1", "compartment-1", "organisation-1")


@pytest.fixture(scope="module")
def reader() -> KeyPair:
    return new_key_pair()


def test_key_pairs_have_fixed_sizes_and_never_show_the_private_half(reader: KeyPair) -> None:
    assert (len(reader.public), len(reader.private)) == (PUBLIC_BYTES, PRIVATE_BYTES) == (1216, 96)
    assert "private" not in repr(reader)
    assert repr(reader.private) not in repr(reader)


@given(st.binary(max_size=200), st.binary(max_size=50))
def test_only_the_same_info_opens(secret: bytes, info: bytes) -> None:
    pair = new_key_pair()
    box = seal_to(pair.public, secret, info)
    assert open_box(pair.private, box, info) == secret
    with pytest.raises(CannotOpen):
        open_box(pair.private, box, info + b"x")


def test_another_reader_does_not_open(reader: KeyPair) -> None:
    with pytest.raises(CannotOpen):
        open_box(new_key_pair().private, seal_to(reader.public, b"key", INFO), INFO)


@pytest.mark.parametrize("start, end", [(0, 64), (64, 96)])
def test_one_half_of_the_private_key_is_not_enough(reader: KeyPair, start: int, end: int) -> None:
    mixed = bytearray(new_key_pair().private)
    mixed[start:end] = reader.private[start:end]
    with pytest.raises(CannotOpen):
        open_box(bytes(mixed), seal_to(reader.public, b"key", INFO), INFO)


@pytest.mark.parametrize(
    "other",
    [
        grant_info("case-2", "compartment-1", "organisation-1"),
        grant_info("case-1", "compartment-2", "organisation-1"),
        grant_info("case-1", "compartment-1", "organisation-2"),
        grant_info("case-1compartment-1", "", "organisation-1"),
        b"",
    ],
)
def test_a_moved_grant_does_not_open(reader: KeyPair, other: bytes) -> None:
    with pytest.raises(CannotOpen):
        open_box(reader.private, seal_to(reader.public, b"key", INFO), other)


def test_no_cut_and_no_flipped_byte_opens(reader: KeyPair) -> None:
    box = seal_to(reader.public, b"key", INFO)
    damaged = [box[:end] for end in range(0, len(box), 13)] + [box + b"\x00"]
    damaged += [box[:at] + bytes([box[at] ^ 1]) + box[at + 1 :] for at in range(0, len(box), 7)]
    damaged += [box[:at] + bytes([box[at] ^ 0x80]) + box[at + 1 :] for at in (0, 1, 1088, 1089, 1120, 1121)]
    for attempt in damaged:
        with pytest.raises(CannotOpen):
            open_box(reader.private, attempt, INFO)


@pytest.mark.parametrize("length", [0, 95, 97, 1215, 1217])
def test_keys_of_the_wrong_length_are_programming_errors(reader: KeyPair, length: int) -> None:
    with pytest.raises(ValueError, match="bytes"):
        seal_to(bytes(length), b"key", INFO)
    with pytest.raises(ValueError, match="bytes"):
        open_box(bytes(length), seal_to(reader.public, b"key", INFO), INFO)
