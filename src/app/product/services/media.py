"""Picture addresses and sizes, re-exported for this domain."""

from src.common.media.addresses import media_url, picture_sizes, picture_slices, slices_in

__all__ = ["media_url", "picture_sizes", "picture_slices", "slices_in"]
