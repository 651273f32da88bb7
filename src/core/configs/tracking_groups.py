"""Settings of the tracking of parcels. See `groups` for how they are read."""

from typing import Annotated

from pydantic import Field
from pydantic_settings import NoDecode

from src.core.configs.groups import Group

SANDBOX_KEY = "local-tracking-api-key"
SANDBOX_SECRETS = ("local-tracking-webhook-secret",)


class TrackingSettings(Group):
    """SweetTracker, and the path by which others send scans to the shop.

    `base_url` empty: the sandbox where it is on, else the real service. `api_key` unset: the sandbox's where it is on,
    else nobody is asked; empty: nobody is asked. `webhook_secrets` open the path for scans, the newest first; unset:
    the sandbox's where it is on, else the path is closed.
    """

    base_url: str = Field("", alias="TRACKING_BASE_URL")
    api_key: str | None = Field(None, alias="TRACKING_API_KEY")
    read_timeout_seconds: float = Field(10.0, alias="TRACKING_READ_TIMEOUT_SECONDS", gt=0, le=60)
    webhook_secrets: Annotated[tuple[str, ...] | None, NoDecode] = Field(None, alias="TRACKING_WEBHOOK_SECRETS")
