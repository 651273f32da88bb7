"""Where pictures are."""

from src.common.utils.media.addresses import media_url

__all__ = ["media_url"]
