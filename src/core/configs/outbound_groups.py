"""Settings of outgoing webhooks. See `groups` for how they are read."""

from pydantic import Field

from src.core.configs.groups import Group, Words


class OutboundSettings(Group):
    """Allowed receivers of webhooks, and the periods of retries and records.

    `allow_private` lists networks (``10.1.0.0/16``) and host names that may be private; every other receiver must have
    a public address. `allow_http` unset: in local and test only. `ports` empty: any in local and test, else 443 and
    8443. A receiver that failed for `off_after_days` without a success is switched off. Deliveries are kept for
    `keep_days`.
    """

    allow_private: Words = Field((), alias="OUTBOUND_ALLOW_PRIVATE")
    allow_http: bool | None = Field(None, alias="OUTBOUND_ALLOW_HTTP")
    ports: Words = Field((), alias="OUTBOUND_PORTS")
    connect_seconds: float = Field(3.0, alias="OUTBOUND_CONNECT_SECONDS", gt=0, le=10)
    timeout_seconds: float = Field(10.0, alias="OUTBOUND_TIMEOUT_SECONDS", gt=0, le=20)
    off_after_days: int = Field(5, alias="OUTBOUND_OFF_AFTER_DAYS", ge=1, le=365)
    keep_days: int = Field(30, alias="OUTBOUND_KEEP_DAYS", ge=5, le=365)
