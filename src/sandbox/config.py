"""Configuration of the sandbox, which reads no environment."""

import base64
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, get_args

ProviderName = Literal["kakao", "naver", "google"]
DEFAULT_CHANNEL_KEY: Final = "channel-key-sandbox"
MANUAL_CHANNEL_KEY: Final = "channel-key-sandbox-manual"
PROVIDERS: Final[tuple[ProviderName, ...]] = get_args(ProviderName)


@dataclass(frozen=True)
class OAuthClient:
    """The shop as a sign-in provider knows it. One with an empty `client_id` is never found."""

    provider: ProviderName
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uris: tuple[str, ...]
    """Compared exactly."""
    admin_key: str = field(default="", repr=False)
    """Kakao's `KakaoAK`; empty: none is accepted."""
    disconnect_url: str = ""
    """Address to which the provider (Kakao, Naver) reports that a person disconnected the shop; empty: none."""

    def __post_init__(self) -> None:
        if self.provider not in PROVIDERS:
            raise ValueError(f"provider must be one of {', '.join(PROVIDERS)}")


@dataclass(frozen=True)
class SensClient:
    """The shop as NCP SENS knows it."""

    access_key: str
    secret_key: str = field(repr=False)
    service_id: str
    alimtalk_service_id: str = ""
    """At NCP another one than that for SMS; empty: AlimTalk is reached with `service_id`."""


@dataclass(frozen=True, kw_only=True)
class SandboxConfig:
    """Plain values from the code that starts the sandbox. Times are in seconds.

    Raises ValueError at construction for a webhook secret that no receiver could use.
    """

    base_url: str
    """Own public address, without a slash at the end: `http://127.0.0.1:8000/sandbox`."""
    webhook_url: str
    """Address of PortOne webhooks. Read at each attempt, so a restart on another port keeps its pending webhooks."""
    webhook_secret: str
    """`whsec_` and base64 of 24 to 64 random bytes (Standard Webhooks)."""
    api_secret: str
    """The secret that `Authorization: PortOne <secret>` must carry."""
    store_id: str
    channel_keys: tuple[str, ...] = (DEFAULT_CHANNEL_KEY,)
    """The channels of the store that take money at once. No other is known."""
    manual_channel_key: str = MANUAL_CHANNEL_KEY
    """The channel whose payments the shop confirms itself (수동 승인)."""
    file: Path
    """The SQLite file with everything that must survive a kill; its folder is made when it is missing."""
    late_webhook_seconds: float = 5.0
    retry_unit_seconds: float = 60.0
    """Unit of the waits 0, 1, 4, 16, 64, 256 before a webhook attempt (a minute at PortOne)."""
    slow_seconds: float = 20.0
    """Seconds for which the `timeout_*` and `slow` faults keep the caller waiting."""
    oauth: tuple[OAuthClient, ...] = ()
    sens: SensClient | None = None

    def __post_init__(self) -> None:
        self.signing_key()
        if self.manual_channel_key in self.channel_keys:
            raise ValueError("manual_channel_key: is one of channel_keys")
        names = [(client.provider, client.client_id) for client in self.oauth if client.client_id]
        if len(names) != len(set(names)):
            raise ValueError("oauth: two clients of one provider have the same client_id")

    def knows_channel(self, key: str) -> bool:
        """Return True if a channel of the store has this key."""
        return key in self.channel_keys or key == self.manual_channel_key

    def signing_key(self) -> bytes:
        """The raw HMAC key inside `webhook_secret`; missing base64 padding is accepted, as PortOne's SDKs do not."""
        text = self.webhook_secret.removeprefix("whsec_")
        try:
            key = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
        except ValueError as error:
            raise ValueError("webhook_secret must be 'whsec_' followed by base64") from error
        if not key:
            raise ValueError("webhook_secret must not be empty")
        return key
