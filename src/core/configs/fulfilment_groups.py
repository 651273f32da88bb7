"""Settings of what happens after the payment. See `groups` for how they are read."""

from pydantic import Field

from src.core.configs.groups import Group


class FulfilmentSettings(Group):
    """Shipments: when shoppers hear of them, how couriers are asked, and what is taken for granted after how many days.

    The shopper hears of a parcel with its first scan, at the latest ``tell_after_seconds`` after it was sent. A courier
    is asked ``first_poll_seconds`` after that, then ever less often, for ``tracking_days``. A number that is unknown
    after ``unknown_days`` is wrong. A shipment sent ``assumed_days`` ago (0: never) without a scan in the last
    ``quiet_days`` is taken for delivered.
    """

    tell_after_seconds: int = Field(1800, alias="SHIPPED_MESSAGE_AFTER_SECONDS", ge=0, le=86_400)
    first_poll_seconds: int = Field(3600, alias="TRACKING_FIRST_POLL_SECONDS", ge=60, le=86_400)
    tracking_days: int = Field(30, alias="TRACKING_DAYS", ge=1, le=365)
    unknown_days: int = Field(3, alias="TRACKING_UNKNOWN_DAYS", ge=1, le=30)
    assumed_days: int = Field(14, alias="ASSUMED_DELIVERED_DAYS", ge=0, le=365)
    quiet_days: int = Field(5, alias="ASSUMED_QUIET_DAYS", ge=1, le=90)
