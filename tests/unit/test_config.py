"""Settings: each bad one stops the start and is named, with what to do, and without its value."""

from pathlib import Path

import pytest

from config import ConfigError, Settings, load_settings

NAMES = (
    "DATABASE_URL",
    "EVIDENCE_URL",
    "REDIS_URL",
    "SMTP_URL",
    "BASE_URL",
    "ONION_URL",
    "RECOURSE_ENV",
    "RECOURSE_INSTANCE",
    "RECOURSE_SECRETS_FILE",
)


@pytest.fixture(autouse=True)
def production(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An environment that a production start accepts; each test spoils one thing in it."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    secrets = tmp_path / "secrets.json"
    secrets.write_text("{}")
    monkeypatch.setenv("RECOURSE_INSTANCE", str(tmp_path))
    monkeypatch.setenv("RECOURSE_SECRETS_FILE", str(secrets))
    monkeypatch.setenv("BASE_URL", "https://recourse.example")
    return tmp_path


def test_good_production_settings_are_accepted(production: Path) -> None:
    settings = load_settings()
    assert settings.environment == "production"
    assert settings.uses_https
    assert settings.database_url == f"sqlite:///{production}/recourse.db"
    assert settings.evidence_url == f"file://{production}/evidence"
    assert settings.languages == ("en", "fr", "ar")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RECOURSE_ENV", "staging"),
        ("DATABASE_URL", "mysql://root:hunter2@db/x"),
        ("DATABASE_URL", "hunter2"),
        ("EVIDENCE_URL", "ftp://hunter2"),
        ("SMTP_URL", "mail.hunter2.example"),
        ("REDIS_URL", "http://hunter2"),
        ("BASE_URL", "recourse.example"),
        ("BASE_URL", "ftp://recourse.example"),
        ("BASE_URL", "https://recourse.example/path"),
        ("BASE_URL", "https://recourse.example:99999"),
        ("BASE_URL", "https://recourse.example:0"),
        ("BASE_URL", "http://recourse.example"),
        ("BASE_URL", "http://127.0.0.1.example"),
        ("BASE_URL", "http://onion.example"),
        ("BASE_URL", "https://user:hunter2@recourse.example"),
        ("ONION_URL", "https://recourse.example"),
        ("RECOURSE_LANGUAGES", " , "),
        ("RECOURSE_HOST_NAME", "x" * 81),
        ("RECOURSE_MAX_FILES", "many"),
        ("RECOURSE_MAX_FILE_BYTES", "0"),
        ("RECOURSE_MAX_REPORT_BYTES", "-1"),
        ("RECOURSE_DRAFT_HOURS", "0"),
        ("RECOURSE_ARGON2_MEMORY_KIB", "1024"),
        ("RECOURSE_ARGON2_ITERATIONS", "1"),
        ("RECOURSE_ARGON2_LANES", "0"),
    ],
)
def test_bad_value_is_named_and_not_repeated(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError) as caught:
        load_settings()
    assert f"\n{name}: " in str(caught.value)
    assert "hunter2" not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8000",
        "http://localhost",
        "http://[::1]:8000",
        "http://abc.onion",
        "https://a.example/",
    ],
)
def test_production_accepts_https_loopback_and_onion(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("BASE_URL", address)
    assert load_settings().base_url == address.rstrip("/")


def test_production_needs_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BASE_URL")
    with pytest.raises(ConfigError, match="BASE_URL: set it"):
        load_settings()


def test_production_needs_its_secrets_file(production: Path) -> None:
    (production / "secrets.json").unlink()
    with pytest.raises(ConfigError, match=r"RECOURSE_SECRETS_FILE: .*scripts/new_secrets.py"):
        load_settings()


def test_production_refuses_demo_data() -> None:
    load_settings().demo_marker.touch()
    with pytest.raises(ConfigError, match=r"RECOURSE_INSTANCE: .*demo data"):
        load_settings()


def test_every_fault_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BASE_URL", "http://recourse.example")
    monkeypatch.delenv("RECOURSE_SECRETS_FILE")
    monkeypatch.setenv("RECOURSE_INSTANCE", "/nonexistent")
    with pytest.raises(ConfigError) as caught:
        load_settings()
    assert "BASE_URL" in str(caught.value)
    assert "RECOURSE_SECRETS_FILE" in str(caught.value)


def test_demo_runs_with_nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("RECOURSE_ENV", "demo")
    settings = load_settings()
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.secrets_file.parent == settings.instance_dir
    assert not settings.uses_https


def test_languages_are_a_list_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOURSE_LANGUAGES", "en, ar")
    assert load_settings().languages == ("en", "ar")


def test_settings_can_be_made_by_name(tmp_path: Path) -> None:
    settings = Settings(environment="test", instance_dir=tmp_path, argon2_memory_kib=8)
    assert settings.argon2_memory_kib == 8
