"""Settings, read from the environment in one place and split into small frozen groups (docs/architecture.md#r19).

A group field named ``host`` with alias ``DB_HOST`` is the environment variable ``DB_HOST``. A secret has a default
only for ``ENV=local``: it starts with ``local-`` (or is the sandbox's), and `configs.checks` refuses it elsewhere.
"""

from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

Env = Literal["local", "test", "stage", "prod"]
Words = Annotated[tuple[str, ...], NoDecode]
Seconds = Annotated[int, Field(ge=1)]

OnlinePayMethod = Literal["CARD", "EASY_PAY", "TRANSFER", "MOBILE", "VIRTUAL_ACCOUNT"]

SANDBOX_CHANNEL_KEY = "channel-key-sandbox"
LOCAL_WEBHOOK_SECRET = "whsec_bG9jYWwtb25seS13ZWJob29rLXNlY3JldC1wbGFjZWhvbGRlcg=="


class VariablesOnly(EnvSettingsSource):
    """A source that reads ``DB_USER`` for the field ``user``, never ``USER``; `populate_by_name` would allow both."""

    def _extract_field_info(self, field: FieldInfo, field_name: str, *args: Any) -> list[tuple[str, str, bool]]:
        return [info for info in super()._extract_field_info(field, field_name, *args) if info[0] == field.alias]


class Group(BaseSettings):
    """Base of a group: frozen, ignores unknown variables, never shows values in errors."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", populate_by_name=True, hide_input_in_errors=True)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let arguments win over the environment; there is no other source."""
        return init_settings, VariablesOnly(settings_cls)

    @field_validator("*", mode="before")
    @classmethod
    def _words(cls, value: Any, info: Any) -> Any:
        """Split comma-separated lists, as in ``CORS_ORIGINS=https://a,https://b``."""
        field = cls.model_fields[info.field_name]
        if isinstance(value, str) and "tuple" in str(field.annotation):
            return tuple(word.strip() for word in value.split(",") if word.strip())
        return value


class ServerSettings(Group):
    """Environment, address and accepted origins of the process."""

    env: Env = Field("local", alias="ENV")
    port: int = Field(8000, alias="PORT", ge=1, le=65535)
    bind_host: str = Field("", alias="BIND_HOST")
    trusted_proxies: str = Field("127.0.0.1", alias="FORWARDED_ALLOW_IPS")
    workers: int = Field(1, alias="WEB_CONCURRENCY", ge=1, le=64)
    state_dir: Path = Field(Path("var"), alias="STATE_DIR")
    cors_origins: Words = Field(("http://localhost:5173", "http://127.0.0.1:5173"), alias="CORS_ORIGINS")
    body_limit: int = Field(1_048_576, alias="BODY_LIMIT_BYTES", ge=1024)
    media_base_url: str = Field("", alias="MEDIA_BASE_URL")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", alias="LOG_LEVEL")
    log_format: Literal["json", "text"] = Field("json", alias="LOG_FORMAT")
    revision: str = Field("unknown", alias="GIT_REVISION")
    demo_shop: bool = Field(True, alias="DEMO_SHOP")
    migrate_at_start: bool = Field(True, alias="MIGRATE_AT_START")
    drain_seconds: float | None = Field(None, alias="DRAIN_SECONDS", ge=0, le=15)
    sandbox: bool | None = Field(None, alias="SANDBOX")
    sandbox_url: str = Field("", alias="SANDBOX_URL")
    allowed_hosts: Words = Field((), alias="ALLOWED_HOSTS")
    api_url: str = Field("", alias="API_URL")


class MysqlAddress(BaseModel):
    """Address of MySQL. An empty password is allowed."""

    model_config = ConfigDict(frozen=True)
    host: str
    port: int
    user: str
    password: str
    database: str


class DatabaseSettings(Group):
    """MySQL by ``DATABASE_URL`` or by ``DB_*``. Without either: SQLite under ``STATE_DIR`` (embedded)."""

    url: str = Field("", alias="DATABASE_URL")
    host: str = Field("", alias="DB_HOST")
    port: int = Field(3306, alias="DB_PORT", ge=1, le=65535)
    user: str = Field("root", alias="DB_USER")
    password: str = Field("", alias="DB_PASSWORD")
    database: str = Field("micgolf", alias="DB_DATABASE")
    pool_size: int = Field(20, alias="DB_POOL_SIZE", ge=1, le=500)
    pool_wait_seconds: float = Field(10.0, alias="DB_POOL_WAIT_SECONDS", gt=0, le=300)
    pool_recycle_seconds: int = Field(3600, alias="DB_POOL_RECYCLE_SECONDS", ge=1, le=86_400)
    lock_wait_seconds: Seconds = Field(5, alias="DB_LOCK_WAIT_SECONDS")
    read_timeout_seconds: float = Field(30.0, alias="DB_READ_TIMEOUT_SECONDS", gt=0, le=3600)

    @property
    def mysql(self) -> MysqlAddress | None:
        """Return the MySQL address, or None for the embedded database. Raises ValueError for a URL of another kind."""
        if not self.url:
            if not self.host:
                return None
            return MysqlAddress(
                host=self.host, port=self.port, user=self.user, password=self.password, database=self.database
            )
        parts = urlsplit(self.url)
        name = parts.path.lstrip("/")
        if parts.scheme != "mysql" or not parts.hostname or not name:
            raise ValueError("DATABASE_URL must read mysql://user:password@host:port/name")
        return MysqlAddress(
            host=parts.hostname,
            port=parts.port or 3306,
            user=unquote(parts.username or "root"),
            password=unquote(parts.password or ""),
            database=unquote(name),
        )


class RedisSettings(Group):
    """Redis for sessions and carts. Without a URL it runs inside the process (embedded)."""

    url: str = Field("", alias="REDIS_URL")
    timeout_seconds: float = Field(2.0, alias="REDIS_TIMEOUT_SECONDS", gt=0, le=30)


class SecuritySettings(Group):
    """Secrets and token lifetimes. Lifetimes are in seconds."""

    jwt_secret: str = Field("local-jwt-secret-only-for-development", alias="JWT_SECRET", min_length=16)
    old_jwt_secrets: Words = Field((), alias="OLD_JWT_SECRETS")
    guest_token_secret: str = Field(
        "local-guest-token-secret-for-development", alias="GUEST_TOKEN_SECRET", min_length=16
    )
    old_guest_token_secrets: Words = Field((), alias="OLD_GUEST_TOKEN_SECRETS")
    access_token_seconds: Seconds = Field(600, alias="ACCESS_TOKEN_SECONDS")
    session_seconds: Seconds = Field(14 * 86_400, alias="SESSION_SECONDS")
    short_session_seconds: Seconds = Field(12 * 3600, alias="SHORT_SESSION_SECONDS")
    cookie_samesite: Literal["lax", "strict", "none"] = Field("lax", alias="COOKIE_SAMESITE")
    bcrypt_rounds: int = Field(12, alias="BCRYPT_ROUNDS", ge=4, le=16)
    bcrypt_threads: int = Field(2, alias="BCRYPT_THREADS", ge=1, le=32)


class PortOneSettings(Group):
    """PortOne V2. The defaults are those of the sandbox; an empty ``base_url`` means the sandbox of this process."""

    base_url: str = Field("", alias="PORTONE_BASE_URL")
    api_secret: str = Field("local-portone-api-secret", alias="PORTONE_API_SECRET")
    webhook_secrets: Words = Field((LOCAL_WEBHOOK_SECRET,), alias="PORTONE_WEBHOOK_SECRETS")
    store_id: str = Field("store-sandbox", alias="PORTONE_STORE_ID")
    channel_key: str = Field(SANDBOX_CHANNEL_KEY, alias="PORTONE_CHANNEL_KEY")
    easy_pay_channel_key: str = Field("", alias="PORTONE_EASY_PAY_CHANNEL_KEY")
    mixed_tax_channels: Words = Field((), alias="PORTONE_MIXED_TAX_CHANNELS")
    read_timeout_seconds: float = Field(60.0, alias="PORTONE_READ_TIMEOUT_SECONDS", gt=0)
    get_timeout_seconds: float = Field(10.0, alias="PORTONE_GET_TIMEOUT_SECONDS", gt=0)
    pre_register_timeout_seconds: float = Field(3.0, alias="PORTONE_PRE_REGISTER_TIMEOUT_SECONDS", gt=0)


class OrderSettings(Group):
    """Payment methods, stock holds, limits and the archive. A hold lasts ``hold_seconds``; a hold for a deposit lasts
    at most ``deposit_hold_seconds`` and an hour. A limit of 0 means no limit.
    """

    pay_methods: Annotated[tuple[OnlinePayMethod, ...], NoDecode] = Field(
        ("CARD", "EASY_PAY", "TRANSFER", "MOBILE", "VIRTUAL_ACCOUNT"), alias="PAY_METHODS", min_length=1
    )
    hold_seconds: Seconds = Field(1800, alias="ORDER_HOLD_SECONDS")
    deposit_hold_seconds: Seconds = Field(3 * 86_400, alias="DEPOSIT_HOLD_SECONDS")
    expiry_interval_seconds: Seconds = Field(5, alias="EXPIRY_INTERVAL_SECONDS")
    unpaid_per_person: int | None = Field(None, alias="UNPAID_ORDERS_PER_PERSON", ge=0)
    unpaid_per_address: int | None = Field(None, alias="UNPAID_ORDERS_PER_ADDRESS", ge=0)
    shipping_is_taxable: bool = Field(True, alias="SHIPPING_IS_TAXABLE")
    low_stock_line: int = Field(5, alias="LOW_STOCK_LINE", ge=0, le=1_000_000)
    archive_after_days: int = Field(180, alias="ARCHIVE_AFTER_DAYS", ge=7, le=3650)
    ship_within_days: int = Field(3, alias="SHIP_WITHIN_BUSINESS_DAYS", ge=1, le=30)
    confirmation_days: int = Field(7, alias="PURCHASE_CONFIRMATION_DAYS", ge=1, le=30)
    confirmation_reminder_days: int = Field(2, alias="CONFIRMATION_REMINDER_DAYS", ge=0, le=7)
    confirmation_hold_days: int = Field(7, alias="CONFIRMATION_HOLD_DAYS", ge=1, le=30)


class LimitSettings(Group):
    """Rate limits as ``<count>/<seconds>``. Unset limits have the defaults of the environment."""

    sign_in_account: str = Field("10/900", alias="LIMIT_SIGN_IN_ACCOUNT", pattern=r"^\d+/\d+$")
    sign_in_address: str = Field("300/900", alias="LIMIT_SIGN_IN_ADDRESS", pattern=r"^\d+/\d+$")
    sign_up: str = Field("60/3600", alias="LIMIT_SIGN_UP", pattern=r"^\d+/\d+$")
    lookup: str = Field("20/600", alias="LIMIT_ORDER_LOOKUP", pattern=r"^\d+/\d+$")
    recovery: str = Field("60/3600", alias="LIMIT_RECOVERY", pattern=r"^\d+/\d+$")
    code_target: str = Field("5/600", alias="LIMIT_CODE_TARGET", pattern=r"^\d+/\d+$")
    comment: str = Field("10/60", alias="LIMIT_COMMENT", pattern=r"^\d+/\d+$")
    test_message: str = Field("10/600", alias="LIMIT_TEST_MESSAGE", pattern=r"^\d+/\d+$")
    ipv6_prefix: int = Field(64, alias="LIMIT_IPV6_PREFIX", ge=16, le=128)
    reports_to_hide: int = Field(5, alias="REPORTS_TO_HIDE", ge=1, le=1000)
