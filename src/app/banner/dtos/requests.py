"""What a caller may ask of the banners."""

from pydantic import Field

from src.app.banner.models import BannerType
from src.common.utils.texts import ClosedInput


class BannerQuery(ClosedInput):
    """Which banners."""

    type: BannerType | None = Field(None, description="Both types where it is left out.")
