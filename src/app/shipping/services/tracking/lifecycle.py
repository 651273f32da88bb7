"""Open and close the client of the tracking service."""

from src.app.shipping.services.tracking.base import use_tracker
from src.app.shipping.services.tracking.sweettracker import SweetTracker
from src.core.configs import Settings

_open: SweetTracker | None = None


def open_tracker(chosen: Settings) -> None:
    """Set the tracker of this process; none without a key. No client connects before its first call."""
    global _open  # noqa: PLW0603 - the one place that keeps it
    _open = SweetTracker(chosen) if chosen.tracking_key else None
    use_tracker(_open)


async def close_tracker() -> None:
    """Close the pool and forget the tracker."""
    global _open  # noqa: PLW0603 - the one place that keeps it
    if _open is not None:
        await _open.close()
    _open = None
    use_tracker(None)
