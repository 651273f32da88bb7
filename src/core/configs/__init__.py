"""The settings of this process: read by `settings()`, replaced by `use()` in tests and commands."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, Literal

from src.core.configs.deposit_groups import DepositSettings
from src.core.configs.fulfilment_groups import FulfilmentSettings
from src.core.configs.groups import (
    DatabaseSettings,
    LimitSettings,
    OrderSettings,
    PortOneSettings,
    RedisSettings,
    SecuritySettings,
    ServerSettings,
)
from src.core.configs.identity_groups import IdentitySettings, MessageSettings, SocialSettings
from src.core.configs.import_groups import ImportSettings
from src.core.configs.job_groups import JobSettings
from src.core.configs.media_groups import MediaSettings
from src.core.configs.observe_groups import METRICS_PORT, ObserveSettings
from src.core.configs.outbound_groups import OutboundSettings
from src.core.configs.receipt_groups import ReceiptSettings
from src.core.configs.tracking_groups import SANDBOX_KEY, SANDBOX_SECRETS, TrackingSettings

Verification = Literal["off", "optional", "required"]
API_PATH: Final = "/api/v1"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All groups of settings. Creating one reads the environment; afterwards it never changes."""

    server: ServerSettings = field(default_factory=ServerSettings)
    database: DatabaseSettings = field(default_factory=DatabaseSettings)
    redis: RedisSettings = field(default_factory=RedisSettings)
    security: SecuritySettings = field(default_factory=SecuritySettings)
    portone: PortOneSettings = field(default_factory=PortOneSettings)
    orders: OrderSettings = field(default_factory=OrderSettings)
    deposits: DepositSettings = field(default_factory=DepositSettings)
    receipts: ReceiptSettings = field(default_factory=ReceiptSettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
    identity: IdentitySettings = field(default_factory=IdentitySettings)
    messages: MessageSettings = field(default_factory=MessageSettings)
    social: SocialSettings = field(default_factory=SocialSettings)
    jobs: JobSettings = field(default_factory=JobSettings)
    media: MediaSettings = field(default_factory=MediaSettings)
    imports: ImportSettings = field(default_factory=ImportSettings)
    observe: ObserveSettings = field(default_factory=ObserveSettings)
    fulfilment: FulfilmentSettings = field(default_factory=FulfilmentSettings)
    outbound: OutboundSettings = field(default_factory=OutboundSettings)
    tracking: TrackingSettings = field(default_factory=TrackingSettings)

    @property
    def sandbox(self) -> bool:
        """True if the simulators are used. Unset: true where placeholders are allowed."""
        return self.is_local if self.server.sandbox is None else self.server.sandbox

    def metrics_port(self, role: str) -> int:
        """Return the port of ``/metrics`` for the ``web``, ``worker`` or ``scheduler`` process; 0 switches it off."""
        first = self.observe.metrics_port
        if first is None:
            first = 0 if self.is_local else METRICS_PORT
        return first + ("web", "worker", "scheduler").index(role) if first else 0

    @property
    def server_timing(self) -> bool:
        """True if responses report the time spent in the database, Redis and vendors. Unset: in local and test only."""
        return self.is_local if self.observe.server_timing is None else self.observe.server_timing

    @property
    def drain_seconds(self) -> float:
        """Seconds that a stopping worker gives its clients to leave; 0 where no proxy stands in front of it."""
        if self.server.drain_seconds is None:
            return 0.0 if self.is_local else 8.0
        return self.server.drain_seconds

    @property
    def is_local(self) -> bool:
        """True in the two environments where placeholders are allowed."""
        return self.server.env in ("local", "test")

    def verification(self, channel: Literal["sms", "email"]) -> Verification:
        """How new members must prove their telephone number or e-mail address. Unset: the telephone number is required
        where SENS is set up, otherwise the proof is optional.
        """
        if channel == "email":
            return self.identity.verify_email or "optional"
        return self.identity.verify_phone or ("required" if self.messages.has_sens else "optional")

    def can_send(self, channel: Literal["sms", "email"]) -> bool:
        """Return True if a code can be sent by this channel. The sandbox's inbox counts."""
        messages = self.messages
        if channel == "email":
            adapter = messages.mail_adapter or ("sandbox" if self.sandbox else "smtp")
            return adapter == "sandbox" or messages.has_smtp
        is_simulated = bool(messages.sens_access_key) and (self.sandbox or bool(messages.sens_base_url))
        return messages.has_sens or is_simulated

    @property
    def api_url(self) -> str:
        """The public address of this API up to its version: the setting, else loopback in local and test, else
        empty."""
        own = f"http://127.0.0.1:{self.server.port}" if self.is_local else ""
        origin = (self.server.api_url or own).rstrip("/")
        return f"{origin.removesuffix(API_PATH)}{API_PATH}" if origin else ""

    @property
    def sandbox_url(self) -> str:
        """The address of the sandbox: the setting if another process serves it, else this process on loopback."""
        return self.server.sandbox_url.rstrip("/") or f"http://127.0.0.1:{self.server.port}/sandbox"

    @property
    def portone_url(self) -> str:
        """The address of PortOne: the setting, else the sandbox, else the real service."""
        if self.portone.base_url:
            return self.portone.base_url.rstrip("/")
        return f"{self.sandbox_url}/portone" if self.sandbox else "https://api.portone.io"

    @property
    def tracking_url(self) -> str:
        """The address of the tracking service: the setting, else the sandbox, else the real service."""
        if self.tracking.base_url:
            return self.tracking.base_url.rstrip("/")
        return f"{self.sandbox_url}/tracking" if self.sandbox else "https://info.sweettracker.co.kr"

    @property
    def tracking_key(self) -> str:
        """The key of the tracking service; empty: nobody is asked where parcels are."""
        if self.tracking.api_key is None:
            return SANDBOX_KEY if self.sandbox else ""
        return self.tracking.api_key

    @property
    def tracking_secrets(self) -> tuple[str, ...]:
        """The secrets of those who send scans to the shop, the newest first; none: nobody may."""
        if self.tracking.webhook_secrets is None:
            return SANDBOX_SECRETS if self.sandbox else ()
        return self.tracking.webhook_secrets


_current: Settings | None = None


def load() -> Settings:
    """Read the environment. Raises pydantic's ValidationError naming each bad variable, never its value."""
    return Settings()


def settings() -> Settings:
    """Return the settings of this process. The first call reads the environment."""
    global _current  # noqa: PLW0603 - the only place that keeps them
    if _current is None:
        _current = load()
    return _current


@contextmanager
def use(replacement: Settings) -> Iterator[Settings]:
    """Replace the settings for the time of the body (tests, commands)."""
    global _current  # noqa: PLW0603 - see settings()
    before, _current = _current, replacement
    try:
        yield replacement
    finally:
        _current = before
