"""The evidence store keeps whole objects only; work files leave nothing to read on the disk."""

import io
import os
import stat
import tempfile
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.crypto.scratch import ScratchKey
from app.services.files.clean import clean
from app.services.files.kinds import FileKind, FileRefused
from app.services.files.sniff import sniff
from app.services.files.store import EvidenceMissing, EvidenceStore, StoreUnavailable, new_name
from app.services.files.work import open_work_file
from tests.unit.files import samples

MIB = 1024 * 1024


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "evidence"


@pytest.fixture
def store(folder: Path) -> EvidenceStore:
    return EvidenceStore(folder.as_uri())


@pytest.mark.parametrize("size", [0, 1, 5 * MIB, 5 * MIB + 1, 12 * MIB])
def test_what_is_kept_comes_back(store: EvidenceStore, size: int) -> None:
    name, data = new_name(), os.urandom(size)
    store.put_stream(name, [data[start : start + 100_000] for start in range(0, size, 100_000)])
    assert b"".join(store.get_stream(name)) == data


def test_a_failure_halfway_keeps_nothing_and_is_passed_on(store: EvidenceStore, folder: Path) -> None:
    def cut() -> Iterator[bytes]:
        yield bytes(6 * MIB)
        raise FileRefused("too_large")

    with pytest.raises(FileRefused, match="too_large"):
        store.put_stream(new_name(), cut())
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_a_missing_object_is_told_at_once_and_deleting_twice_is_no_error(store: EvidenceStore) -> None:
    name = new_name()
    store.put_stream(name, [b"x"])
    store.delete(name)
    store.delete(name)
    with pytest.raises(EvidenceMissing):
        store.get_stream(name)


@pytest.mark.parametrize("name", ["", "../etc/passwd", "A" * 32, "0" * 31, "0" * 33, "0" * 32 + "\n"])
def test_only_our_own_names_are_used(store: EvidenceStore, name: str) -> None:
    for use in (
        lambda: store.put_stream(name, [b"x"]),
        lambda: store.get_stream(name),
        lambda: store.delete(name),
    ):
        with pytest.raises(ValueError, match="32 hex"):
            use()


def test_the_folder_is_private_and_shows_no_time_of_day(store: EvidenceStore, folder: Path) -> None:
    name = new_name()
    store.put_stream(name, [b"x"])
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    kept_at = datetime.fromtimestamp((folder / name[:2] / name).stat().st_mtime, UTC)
    assert (kept_at.hour, kept_at.minute, kept_at.second) == (0, 0, 0)


def test_a_dead_store_is_told_without_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"ACCESS_KEY_ID": "x", "SECRET_ACCESS_KEY": "hidden", "REGION": "x", "ALLOW_HTTP": "true"}
    for setting, value in (settings | {"ENDPOINT_URL": "http://127.0.0.1:9"}).items():
        monkeypatch.setenv(f"AWS_{setting}", value)
    with pytest.raises(StoreUnavailable) as told:
        EvidenceStore("s3://bucket/evidence").put_stream(new_name(), [b"x"])
    assert str(told.value) == "store_unavailable"


def test_large_objects_pass_in_constant_memory(store: EvidenceStore) -> None:
    name = new_name()
    tracemalloc.start()
    store.put_stream(name, (bytes(MIB) for _ in range(64)))
    total = sum(len(piece) for piece in store.get_stream(name))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total == 64 * MIB
    assert peak < 24 * MIB


@given(st.binary(min_size=1, max_size=200), st.integers(min_value=0, max_value=199), st.integers(0, 200))
def test_a_scratch_key_opens_from_any_place(data: bytes, start: int, length: int) -> None:
    key = ScratchKey()
    sealed = key.apply(0, data)
    assert key.apply(start, sealed[start : start + length]) == data[start : start + length]
    assert len(data) < 8 or sealed != data


def test_a_work_file_reads_in_any_order_and_has_no_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    data = os.urandom(700_001)
    with open_work_file() as work:
        for start in range(0, len(data), 70_000):
            work.write(data[start : start + 70_000])
        assert not list(tmp_path.iterdir())
        for start in (699_999, 0, 17, 262_143, 262_145):
            work.seek(start)
            assert work.read(1000) == data[start : start + 1000]
        work.seek(0)
        assert work.read() == data


def test_no_plaintext_of_a_work_file_reaches_the_disk() -> None:
    with open_work_file() as work:
        work.write(b"SecretPhone" * 100_000)
        work.flush()
        on_disk = Path(f"/proc/self/fd/{work.raw._file.fileno()}").read_bytes()  # type: ignore[attr-defined]
        assert len(on_disk) == 1_100_000
        assert b"Secret" not in on_disk


@pytest.mark.parametrize(
    "data", [samples.photo(), samples.png(), samples.HEIC, samples.pdf(samples.add_every_trace)]
)
def test_the_parsers_work_on_work_files(data: bytes) -> None:
    with open_work_file() as source, open_work_file() as target:
        source.write(data)
        kind = sniff(source, 10_000_000)
        result = clean(kind, source, target)
        assert result.cleaned
        assert sniff(target, 10_000_000) == result.kind
        target.seek(0)
        if result.kind != FileKind.PDF:
            Image.open(io.BytesIO(target.read())).load()
