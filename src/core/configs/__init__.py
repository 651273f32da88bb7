"""The settings of this process: `settings()` anywhere, `use()` for tests and commands."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

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
from src.core.configs.media_groups import MediaSettings


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All groups. Building one reads the environment; it never changes afterwards."""

    server: ServerSettings = field(default_factory=ServerSettings)
    database: DatabaseSettings = field(default_factory=DatabaseSettings)
    redis: RedisSettings = field(default_factory=RedisSettings)
    security: SecuritySettings = field(default_factory=SecuritySettings)
    portone: PortOneSettings = field(default_factory=PortOneSettings)
    orders: OrderSettings = field(default_factory=OrderSettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
    identity: IdentitySettings = field(default_factory=IdentitySettings)
    messages: MessageSettings = field(default_factory=MessageSettings)
    social: SocialSettings = field(default_factory=SocialSettings)
    media: MediaSettings = field(default_factory=MediaSettings)

    @property
    def sandbox(self) -> bool:
        """Whether the simulators are mounted: on by default where placeholders are allowed."""
        return self.is_local if self.server.sandbox is None else self.server.sandbox

    @property
    def is_local(self) -> bool:
        """True in the two environments where placeholders are allowed."""
        return self.server.env in ("local", "test")

    @property
    def sandbox_url(self) -> str:
        """Own loopback address of the sandbox mounted in this process."""
        return f"http://127.0.0.1:{self.server.port}/sandbox"

    @property
    def portone_url(self) -> str:
        """Where PortOne is called: the configured address, else the sandbox, else the real service."""
        if self.portone.base_url:
            return self.portone.base_url.rstrip("/")
        return f"{self.sandbox_url}/portone" if self.sandbox else "https://api.portone.io"


_current: Settings | None = None


def load() -> Settings:
    """Read the environment. Raises pydantic's ValidationError naming each bad variable, never its value."""
    return Settings()


def settings() -> Settings:
    """The settings of this process, read at the first call."""
    global _current  # noqa: PLW0603 - the one place that keeps them
    if _current is None:
        _current = load()
    return _current


@contextmanager
def use(replacement: Settings) -> Iterator[Settings]:
    """Take other settings for a while (tests, commands)."""
    global _current  # noqa: PLW0603 - see settings()
    before, _current = _current, replacement
    try:
        yield replacement
    finally:
        _current = before
