"""Configuration of the sandbox. It reads no environment variables."""

import base64
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, get_args

ProviderName = Literal["kakao", "naver", "google"]
DEFAULT_CHANNEL_KEY: Final = "channel-key-sandbox"
MANUAL_CHANNEL_KEY: Final = "channel-key-sandbox-manual"
WALLET_CHANNELS: Final = {
    "channel-key-sandbox-kakaopay": ("KAKAOPAY", "KAKAOPAY"),
    "channel-key-sandbox-naverpay": ("NAVERPAY", "NAVERPAY"),
    "channel-key-sandbox-tosspay": ("TOSSPAY_V2", "TOSSPAY"),
}
"""Channels of wallets by their key: PortOne's words for the payment company and for the wallet."""
PROVIDERS: Final[tuple[ProviderName, ...]] = get_args(ProviderName)


@dataclass(frozen=True)
class OAuthClient:
    """The shop's registration at a sign-in provider. A client with an empty `client_id` is never found."""

    provider: ProviderName
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uris: tuple[str, ...]
    """Compared exactly."""
    admin_key: str = field(default="", repr=False)
    """Kakao's admin key (`Authorization: KakaoAK <key>`). If empty, no admin key is accepted."""
    disconnect_url: str = ""
    """Address to which Kakao or Naver reports that a person disconnected the shop. If empty, nothing is reported."""

    def __post_init__(self) -> None:
        if self.provider not in PROVIDERS:
            raise ValueError(f"provider must be one of {', '.join(PROVIDERS)}")


@dataclass(frozen=True)
class SensClient:
    """The shop's account at NCP SENS."""

    access_key: str
    secret_key: str = field(repr=False)
    service_id: str
    alimtalk_service_id: str = ""
    """Service id for AlimTalk; NCP issues a separate one. If empty, AlimTalk uses `service_id`."""


@dataclass(frozen=True)
class TrackingService:
    """The shop's account at the tracking service, and the address to which scans are pushed."""

    api_key: str = field(repr=False)
    push_url: str = ""
    """If empty, nothing is pushed."""
    push_secret: str = field(default="", repr=False)
    """Sent with each push, so that the shop knows who pushes."""


@dataclass(frozen=True, kw_only=True)
class SandboxConfig:
    """Plain values from the code that starts the sandbox. Times are in seconds.

    Raises ValueError at construction for a webhook secret that no receiver could use.
    """

    base_url: str
    """Own public address, without a slash at the end: `http://127.0.0.1:8000/sandbox`."""
    webhook_url: str
    """Address of PortOne webhooks. It is read at each attempt, so pending webhooks go to the new address after a
    restart on another port."""
    webhook_secret: str
    """`whsec_` and base64 of 24 to 64 random bytes (Standard Webhooks)."""
    api_secret: str
    """The secret that `Authorization: PortOne <secret>` must carry."""
    store_id: str
    channel_keys: tuple[str, ...] = (DEFAULT_CHANNEL_KEY,)
    """Channels of the store that take the money at once. Apart from `manual_channel_key` and those of
    wallets (`WALLET_CHANNELS`), no other key is known."""
    manual_channel_key: str = MANUAL_CHANNEL_KEY
    """The channel whose payments the shop confirms itself (수동 승인)."""
    file: Path
    """The SQLite file with all state that must survive a kill. A missing folder is created."""
    late_webhook_seconds: float = 5.0
    retry_unit_seconds: float = 60.0
    """Unit of the waits 0, 1, 4, 16, 64, 256 before a webhook attempt (a minute at PortOne)."""
    slow_seconds: float = 20.0
    """Seconds for which the `timeout_*` and `slow` faults keep the caller waiting."""
    oauth: tuple[OAuthClient, ...] = ()
    sens: SensClient | None = None
    tracking: TrackingService | None = None

    def __post_init__(self) -> None:
        self.signing_key()
        if self.manual_channel_key in self.channel_keys:
            raise ValueError("manual_channel_key: is one of channel_keys")
        names = [(client.provider, client.client_id) for client in self.oauth if client.client_id]
        if len(names) != len(set(names)):
            raise ValueError("oauth: two clients of one provider have the same client_id")

    def knows_channel(self, key: str) -> bool:
        """Return True if a channel of the store has this key."""
        return key in self.channel_keys or key == self.manual_channel_key or key in WALLET_CHANNELS

    def signing_key(self) -> bytes:
        """Return the raw HMAC key in `webhook_secret`. Missing base64 padding is accepted; PortOne's SDKs reject it.

        Raises ValueError if it is not base64 or is empty.
        """
        text = self.webhook_secret.removeprefix("whsec_")
        try:
            key = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
        except ValueError as error:
            raise ValueError("webhook_secret must be 'whsec_' followed by base64") from error
        if not key:
            raise ValueError("webhook_secret must not be empty")
        return key
