"""The secrets file and what the portal seals for itself."""

import json
import os
import stat
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.crypto.aead import Place
from app.crypto.errors import CannotOpen, SecretsFileError
from app.crypto.receipts import Receipt, sign_receipt, verify_receipt
from app.crypto.secrets import SiteSecrets, load_or_create_secrets, new_secrets
from app.crypto.site import open_for_site, seal_for_site, site_keys

PLACE = Place("members", "totp_seed", "row-1", "")


def test_a_new_file_is_private_whole_and_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    made = load_or_create_secrets(path, create=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_or_create_secrets(path, create=True) == made
    assert load_or_create_secrets(path, create=False) == made
    assert [file.name for file in tmp_path.iterdir()] == ["secrets.json"]


def test_the_mode_is_private_under_a_careless_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        load_or_create_secrets(tmp_path / "secrets.json", create=True)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


def test_the_first_of_two_workers_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secrets.json"
    first = load_or_create_secrets(path, create=True)
    monkeypatch.setattr(Path, "exists", lambda _: False)
    assert load_or_create_secrets(path, create=True) == first


def test_a_missing_file_is_not_made_unasked(tmp_path: Path) -> None:
    with pytest.raises(SecretsFileError, match="RECOURSE_SECRETS_FILE"):
        load_or_create_secrets(tmp_path / "secrets.json", create=False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_file_that_others_may_use_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "secrets.json"
    load_or_create_secrets(path, create=True)
    path.chmod(mode)
    with pytest.raises(SecretsFileError, match=r"RECOURSE_SECRETS_FILE.*chmod 600"):
        load_or_create_secrets(path, create=False)


GOOD = {"site_secrets": ["00" * 32], "code_salt": "00" * 32, "receipt_signing_key": "00" * 32}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "\x00\xff",
        json.dumps(GOOD | {"site_secrets": []}),
        json.dumps(GOOD | {"site_secrets": None}),
        json.dumps(GOOD | {"code_salt": "00"}),
        json.dumps(GOOD | {"code_salt": "not hexadecimal"}),
        json.dumps({"code_salt": "00" * 32}),
    ],
)
def test_a_damaged_file_is_refused_without_showing_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "secrets.json"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    with pytest.raises(SecretsFileError, match="RECOURSE_SECRETS_FILE") as told:
        load_or_create_secrets(path, create=False)
    assert "hexadecimal" not in str(told.value)


def test_a_folder_in_place_of_the_file_and_a_missing_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(SecretsFileError, match="cannot be read"):
        load_or_create_secrets(tmp_path, create=False)
    with pytest.raises(SecretsFileError, match="cannot be written"):
        load_or_create_secrets(tmp_path / "missing" / "secrets.json", create=True)


def test_secrets_never_show() -> None:
    assert repr(new_secrets()) == "SiteSecrets()"


def test_receipts_are_checked_with_the_published_key() -> None:
    secrets = new_secrets()
    receipt = Receipt("https://portal.example", date(2026, 11, 24), "0" * 64)
    text = sign_receipt(secrets.receipt_signing_key, receipt)
    assert verify_receipt(secrets.receipt_public_key, text) == receipt


def rotated(secrets: SiteSecrets) -> SiteSecrets:
    return replace(secrets, site_secrets=(*new_secrets().site_secrets, *secrets.site_secrets))


def test_what_an_older_secret_sealed_opens_until_it_is_taken_off_the_list() -> None:
    secrets = new_secrets()
    blob = seal_for_site(secrets, b"seed", PLACE)
    assert open_for_site(rotated(secrets), blob, PLACE) == b"seed"
    with pytest.raises(CannotOpen):
        open_for_site(new_secrets(), blob, PLACE)
    with pytest.raises(CannotOpen):
        open_for_site(secrets, seal_for_site(rotated(secrets), b"seed", PLACE), PLACE)


def test_a_seed_moved_to_another_member_does_not_open() -> None:
    secrets = new_secrets()
    with pytest.raises(CannotOpen):
        open_for_site(secrets, seal_for_site(secrets, b"seed", PLACE), replace(PLACE, row_id="row-2"))


def test_each_use_of_the_site_secrets_has_keys_of_its_own() -> None:
    secrets = rotated(new_secrets())
    cookies, peppers = site_keys(secrets, "cookies"), site_keys(secrets, "peppers")
    assert len({*cookies, *peppers, *secrets.site_secrets}) == 6
    assert site_keys(secrets, "cookies") == cookies
