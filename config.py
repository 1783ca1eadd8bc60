"""Settings of one installation, read from the environment; a bad one stops the start and is named."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parent
LOOPBACK_HOSTS = {"127.0.0.1", "localhost", "::1"}
LEAST_ARGON2_MEMORY_KIB = 19456
LEAST_ARGON2_ITERATIONS = 2
MEGABYTE = 1_000_000


class ConfigError(Exception):
    """A setting is missing or wrong; the text names each one and says what to do."""


def _with_scheme(*schemes: str) -> AfterValidator:
    def check(url: str) -> str:
        # The value is never repeated: these addresses may hold a password.
        if urlsplit(url).scheme not in schemes:
            raise ValueError(f"give an address that starts with {' or '.join(s + '://' for s in schemes)}")
        return url

    return AfterValidator(check)


def _check_web_address(url: str) -> str:
    parts = _split(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("give an address that starts with https://")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError("give scheme, host and port only, without a path, a query or a user name")
    return url.rstrip("/")


def _check_onion_address(url: str) -> str:
    if not _is_onion(_split(url)):
        raise ValueError("give the address of an onion service, which ends in .onion")
    return _check_web_address(url)


def _check_mail_address(address: str) -> str:
    name, at, domain = address.partition("@")
    if not (name and at and domain) or any(sign.isspace() or sign in "<>,;" for sign in address):
        raise ValueError("give a plain e-mail address such as post@example.org")
    return address


def _split(url: str) -> SplitResult:
    parts = urlsplit(url)
    if parts.port == 0:  # reading the port raises ValueError when it is no number below 65536
        raise ValueError("port 0 cannot be reached")
    return parts


def _is_onion(parts: SplitResult) -> bool:
    return (parts.hostname or "").endswith(".onion")


class Settings(BaseSettings):
    """Every setting with its default; `load_settings` reads them and explains what is wrong."""

    model_config = SettingsConfigDict(
        env_prefix="RECOURSE_", env_ignore_empty=True, populate_by_name=True, frozen=True, extra="ignore"
    )

    environment: Literal["demo", "production", "test"] = Field(
        default="production", validation_alias="RECOURSE_ENV"
    )
    instance_dir: Path = Field(default=ROOT / "instance", validation_alias="RECOURSE_INSTANCE")
    secrets_file: Path = Field(default_factory=lambda data: data["instance_dir"] / "secrets.json")
    database_url: Annotated[str, _with_scheme("sqlite", "postgresql")] = Field(
        default_factory=lambda data: f"sqlite:///{data['instance_dir'] / 'recourse.db'}",
        validation_alias="DATABASE_URL",
    )
    evidence_url: Annotated[str, _with_scheme("file", "s3")] = Field(
        default_factory=lambda data: (data["instance_dir"] / "evidence").as_uri(),
        validation_alias="EVIDENCE_URL",
    )
    base_url: Annotated[str, AfterValidator(_check_web_address)] = Field(
        default="http://127.0.0.1:8000", validation_alias="BASE_URL"
    )
    onion_url: Annotated[str, AfterValidator(_check_onion_address)] | None = Field(
        default=None, validation_alias="ONION_URL"
    )
    leave_url: Annotated[str, _with_scheme("https")] | None = None  # where "Leave this page now" ends up
    smtp_url: Annotated[str, _with_scheme("smtp", "smtps")] | None = Field(
        default=None, validation_alias="SMTP_URL"
    )
    mail_from: Annotated[str, AfterValidator(_check_mail_address)] | None = None  # name nothing telling in it
    redis_url: Annotated[str, _with_scheme("redis", "rediss")] | None = Field(
        default=None, validation_alias="REDIS_URL"
    )
    host_name: str = Field(default="Recourse", min_length=1, max_length=80)
    languages: Annotated[tuple[str, ...], NoDecode] = Field(default=("en", "fr", "ar"), min_length=1)
    max_files: int = Field(default=25, ge=1)
    max_file_bytes: int = Field(default=200 * MEGABYTE, ge=1)
    max_report_bytes: int = Field(default=1024 * MEGABYTE, ge=1)
    draft_hours: int = Field(default=24, ge=1, le=24 * 7)
    argon2_memory_kib: int = Field(default=LEAST_ARGON2_MEMORY_KIB, ge=8)
    argon2_iterations: int = Field(default=LEAST_ARGON2_ITERATIONS, ge=1)
    argon2_lanes: int = Field(default=1, ge=1, le=16)

    @property
    def uses_https(self) -> bool:
        """Whether people reach the portal by HTTPS, so that cookies can be kept to it."""
        return self.base_url.startswith("https://")

    @property
    def demo_marker(self) -> Path:
        """The file that says that this instance folder holds demo data."""
        return self.instance_dir / "demo"

    @field_validator("languages", mode="before")
    @classmethod
    def _split_languages(cls, given: Any) -> Any:
        return (
            tuple(part.strip() for part in given.split(",") if part.strip())
            if isinstance(given, str)
            else given
        )

    @field_validator("instance_dir", "secrets_file")
    @classmethod
    def _make_absolute(cls, path: Path) -> Path:
        return path.expanduser().resolve()

    @model_validator(mode="after")
    def _refuse_unsafe_production(self) -> Self:
        faults = list(_production_faults(self)) if self.environment == "production" else []
        if faults:
            raise ValueError("\n".join(faults))
        return self


def _production_faults(settings: Settings) -> Iterator[str]:
    parts = urlsplit(settings.base_url)
    if "base_url" not in settings.model_fields_set:
        yield "BASE_URL: set it to the address at which people reach this portal"
    elif parts.scheme != "https" and parts.hostname not in LOOPBACK_HOSTS and not _is_onion(parts):
        yield "BASE_URL: plain http is allowed for loopback and .onion addresses only; use https"
    if not settings.secrets_file.is_file():
        yield "RECOURSE_SECRETS_FILE: no such file; `scripts/new_secrets.py FILE` makes one for a new portal"
    if settings.demo_marker.exists():
        yield "RECOURSE_INSTANCE: this folder holds demo data; name an empty folder for real reports"
    if settings.argon2_memory_kib < LEAST_ARGON2_MEMORY_KIB:
        yield f"RECOURSE_ARGON2_MEMORY_KIB: use {LEAST_ARGON2_MEMORY_KIB} or more"
    if settings.argon2_iterations < LEAST_ARGON2_ITERATIONS:
        yield f"RECOURSE_ARGON2_ITERATIONS: use {LEAST_ARGON2_ITERATIONS} or more"


def load_settings() -> Settings:
    """The settings of this process from its environment; raises ConfigError naming each bad one."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [_explain(fault) for fault in error.errors() if fault["type"] != "default_factory_not_called"]
    # Raised outside the handler, so that no traceback repeats the rejected value.
    raise ConfigError("The portal cannot start with these settings:\n" + "\n".join(lines))


def _explain(fault: Any) -> str:
    text = str(fault["msg"]).removeprefix("Value error, ")
    if not fault["loc"]:
        return text
    name = str(fault["loc"][0])
    shown = name if name.isupper() else f"RECOURSE_{name.upper()}"
    return f"{shown}: {text[0].lower() + text[1:]}"
