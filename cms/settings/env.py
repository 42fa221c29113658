"""The only reader of the environment.

A value that is wrong, and a ``VAGVISARE_…`` name that nobody knows, stop the start with a sentence
that says which and why. The settings modules take what they need from ``env``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "VAGVISARE_"
ROOT = Path(__file__).resolve().parent.parent.parent


#: What each of the settings that are addresses may begin with.
_BEGINNINGS = {
    "database_url": ("sqlite:///", "postgres://", "postgresql://"),
    "redis_url": ("redis://", "rediss://", "unix://"),
    "elasticsearch_url": ("http://", "https://"),
    "base_url": ("http://", "https://"),
    "mail_url": ("smtp://", "smtp+tls://", "smtps://"),
}


class Environment(BaseSettings):
    """Every setting that the environment can give, with its default.

    The names that programs around us share (``PORT``, ``DATABASE_URL`` …) are bare; our own begin
    with ``VAGVISARE_``.
    """

    model_config = SettingsConfigDict(case_sensitive=True, extra="ignore", env_ignore_empty=True)

    port: int = Field(8000, alias="PORT", ge=1, le=65535)
    var_dir: Path = Field(ROOT / "var", alias="VAR_DIR")
    database_url: str = Field("", alias="DATABASE_URL")
    redis_url: str = Field("", alias="REDIS_URL")
    elasticsearch_url: str = Field("", alias="ELASTICSEARCH_URL")
    elasticsearch_api_key: str = Field("", alias="VAGVISARE_ELASTICSEARCH_API_KEY")
    elasticsearch_ca: str = Field("", alias="VAGVISARE_ELASTICSEARCH_CA")
    elasticsearch_replicas: int = Field(0, alias="VAGVISARE_ELASTICSEARCH_REPLICAS", ge=0, le=5)
    demo_password: str = Field("vagvisare-demo", alias="DEMO_PASSWORD", min_length=8)
    secret_key: str = Field("", alias="SECRET_KEY")
    allowed_hosts: str = Field("", alias="VAGVISARE_ALLOWED_HOSTS")
    base_url: str = Field("", alias="VAGVISARE_BASE_URL")
    tasks: Literal["immediate", "database"] = Field("immediate", alias="VAGVISARE_TASKS")
    page_cache_seconds: int = Field(3600, alias="VAGVISARE_PAGE_CACHE_SECONDS", ge=0)
    moderation_days: int = Field(5, alias="VAGVISARE_MODERATION_DAYS", ge=1, le=365)
    audit_days: int = Field(730, alias="VAGVISARE_AUDIT_DAYS", ge=30)
    trusted_proxies: int = Field(0, alias="VAGVISARE_TRUSTED_PROXIES", ge=0, le=10)
    second_factor: Literal["", "required", "optional"] = Field("", alias="VAGVISARE_SECOND_FACTOR")
    mail_url: str = Field("", alias="VAGVISARE_MAIL_URL")
    mail_from: str = Field("", alias="VAGVISARE_MAIL_FROM")
    session_idle_minutes: int = Field(60, alias="VAGVISARE_SESSION_IDLE_MINUTES", ge=1, le=720)
    machine: str = Field("", alias="VAGVISARE_MACHINE")
    machine_languages: str = Field("", alias="VAGVISARE_MACHINE_LANGUAGES")
    machine_budget: int = Field(500_000, alias="VAGVISARE_MACHINE_BUDGET", ge=0)
    machine_rate: int = Field(60, alias="VAGVISARE_MACHINE_RATE", ge=0)

    @field_validator(*_BEGINNINGS)
    @classmethod
    def _address(cls, value: str, info: ValidationInfo) -> str:
        beginnings = _BEGINNINGS[str(info.field_name)]
        if value and not value.startswith(beginnings):
            raise ValueError(f"must begin with {', '.join(beginnings[:-1])} or {beginnings[-1]}")
        return value

    @field_validator("elasticsearch_url")
    @classmethod
    def _nodes(cls, value: str) -> str:
        beginnings = _BEGINNINGS["elasticsearch_url"]
        nodes = [node.strip() for node in value.split(",")]
        if value and not all(node.startswith(beginnings) for node in nodes):
            raise ValueError("must be addresses that begin with http:// or https://, with commas between them")
        return ",".join(nodes)

    @field_validator("elasticsearch_ca")
    @classmethod
    def _file(cls, value: str) -> str:
        if value and not Path(value).is_file():
            raise ValueError("must be a file with certificates")
        return value

    @field_validator("var_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value if value.is_absolute() else ROOT / value

    @property
    def hosts(self) -> list[str]:
        """``VAGVISARE_ALLOWED_HOSTS`` as a list."""
        return [host.strip() for host in self.allowed_hosts.split(",") if host.strip()]


def _names() -> dict[str, str]:
    return {str(field.alias): name for name, field in Environment.model_fields.items()}


def read(environ: dict[str, str] | None = None) -> Environment:
    """Read the environment. Raises ``ValueError`` with a line for each thing that is wrong."""
    environ = dict(os.environ) if environ is None else environ
    names = _names()
    problems = [
        f"{name}: no such setting. The settings are {', '.join(sorted(names))}."
        for name in sorted(environ)
        if name.startswith(PREFIX) and name not in names
    ]
    try:
        # The values are given, so that a test can read another environment than the process's.
        values = {name: environ[name] for name in names if environ.get(name)}
        result = Environment.model_validate(values)
    except ValidationError as error:
        for item in error.errors():
            name = str(item["loc"][0])
            problems.append(f"{name}={environ.get(name, '')!r}: {item['msg'].removeprefix('Value error, ')}.")
        raise ValueError("\n".join(problems)) from error
    if problems:
        raise ValueError("\n".join(problems))
    return result


def _read_or_stop() -> Environment:
    try:
        return read()
    except ValueError as error:
        sys.exit(f"The environment is wrong:\n{error}")


env = _read_or_stop()
