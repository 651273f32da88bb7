"""Requests about banners, and their limits."""

from typing import Final, Literal

from pydantic import Field

from src.app.banner.models import BannerType
from src.common.dtos.fields import ClosedInput

MAX_OF_A_TYPE: Final = 200

BannerState = Literal["showing", "scheduled", "ended", "off"]


class BannerQuery(ClosedInput):
    """Which banners."""

    type: BannerType | None = Field(None, description="Both types where it is left out.")
