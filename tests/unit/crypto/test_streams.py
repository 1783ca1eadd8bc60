"""Attacks on sealed files: cut, reorder, repeat, swap between files, append; and a bound on memory."""

import io
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.crypto.aead import new_key
from app.crypto.errors import CannotOpen
from app.crypto.streams import FILE_STEP, decrypt_chunks, encrypt_chunks

MIB = 1024 * 1024
KEY = new_key()


def sealed(data: bytes, key: bytes = KEY, file_id: str = "file-1") -> list[bytes]:
    return list(encrypt_chunks(key, file_id, [data]))


def opened(stored: list[bytes], key: bytes = KEY, file_id: str = "file-1") -> bytes:
    return b"".join(decrypt_chunks(key, file_id, stored))


@pytest.fixture(scope="module")
def three_chunks() -> list[bytes]:
    stored = sealed(b"a" * MIB + b"b" * MIB + b"c" * 1000)
    assert len(stored) == 4
    return stored


@settings(deadline=None, max_examples=60)
@given(st.lists(st.binary(max_size=3000), max_size=5), st.integers(min_value=1, max_value=5000))
def test_any_cutting_into_pieces_comes_back(pieces: list[bytes], step: int) -> None:
    stored = b"".join(encrypt_chunks(KEY, "file-1", pieces))
    recut = [stored[start : start + step] for start in range(0, len(stored), step)]
    assert opened(recut) == b"".join(pieces)


EDGES = [0, 1, FILE_STEP - 1, FILE_STEP, MIB - 1, MIB, MIB + 1, 2 * MIB - 1, 2 * MIB]


@pytest.mark.parametrize("size", EDGES)
@pytest.mark.parametrize("filler", [b"\x00", b"\x80", b"x"])
def test_sizes_at_the_edges_come_back_whatever_the_last_bytes_are(size: int, filler: bytes) -> None:
    data = filler * size
    assert opened(sealed(data)) == data
    assert b"".join(decrypt_chunks(KEY, "file-1", io.BytesIO(b"".join(sealed(data))))) == data


def test_the_stored_size_tells_only_the_step() -> None:
    sizes = {len(b"".join(sealed(b"x" * length))) for length in (0, 1, 30_000, FILE_STEP - 1)}
    assert len(sizes) == 1
    assert len(b"".join(sealed(b"x" * FILE_STEP))) == sizes.pop() + FILE_STEP


def test_every_way_to_cut_or_rearrange_is_noticed(three_chunks: list[bytes]) -> None:
    head, one, two, last = three_chunks
    attacks = [
        [],
        [head[:10]],
        [head],
        [head, one],
        [head, one, two],
        [head, last],
        [head, one, last],
        [head, two, one, last],
        [head, one, one, two, last],
        [head, one, two, last, last],
        [head, one, two, last, b"x"],
        [head, one, two, last[:-1]],
        [head, one[:-1], two, last],
        [b"\x02" + head[1:], one, two, last],
        [head[:-1] + bytes([head[-1] ^ 1]), one, two, last],
    ]
    for stored in attacks:
        with pytest.raises(CannotOpen):
            opened(stored)


def test_a_file_cut_at_a_chunk_is_noticed_even_after_good_chunks(three_chunks: list[bytes]) -> None:
    reader = decrypt_chunks(KEY, "file-1", three_chunks[:3])
    assert next(reader) == b"a" * MIB
    with pytest.raises(CannotOpen):
        list(reader)


def test_chunks_of_another_file_or_another_sealing_do_not_fit(three_chunks: list[bytes]) -> None:
    data = b"a" * MIB + b"b" * MIB + b"c" * 1000
    for other in (sealed(data), sealed(data, file_id="file-2")):
        for at in range(4):
            with pytest.raises(CannotOpen):
                opened([*three_chunks[:at], other[at], *three_chunks[at + 1 :]])


def test_another_key_or_file_id_opens_nothing(three_chunks: list[bytes]) -> None:
    with pytest.raises(CannotOpen):
        opened(three_chunks, key=new_key())
    with pytest.raises(CannotOpen):
        opened(three_chunks, file_id="file-2")


@pytest.mark.parametrize("at", [40, 40 + MIB, 40 + 2 * MIB])
def test_a_flipped_byte_anywhere_is_noticed(three_chunks: list[bytes], at: int) -> None:
    stored = bytearray(b"".join(three_chunks))
    stored[at] ^= 1
    with pytest.raises(CannotOpen):
        opened([bytes(stored)])


def test_a_key_of_the_wrong_length_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        sealed(b"", key=b"short")


def test_64_mib_pass_through_in_less_than_8_mib_of_memory() -> None:
    def source() -> Iterator[bytes]:
        for _ in range(64 * 16):
            yield bytes(MIB // 16)

    tracemalloc.start()
    total = sum(len(chunk) for chunk in decrypt_chunks(KEY, "f", encrypt_chunks(KEY, "f", source())))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total == 64 * MIB
    assert peak < 8 * MIB
