"""Where pictures are."""

from urllib.parse import quote

from src.core.configs import settings


def media_url(path: str) -> str:
    """The address of a stored path: ``/media/<path>``, or below ``MEDIA_BASE_URL`` where that is set."""
    base = settings().server.media_base_url.rstrip("/") or "/media"
    return f"{base}/{quote(path)}"
