"""Open the store that the settings name."""

from src.common.media.local import LocalFolder
from src.common.media.store import use_store
from src.core.configs import Settings


def open_store(chosen: Settings) -> None:
    """Called by main, and by whoever runs jobs outside the server. No connection is made yet."""
    if not chosen.media.bucket:
        use_store(LocalFolder(chosen.server.state_dir / "media"))
        return
    from src.common.media.s3 import S3Storage  # a library that a shop on local files does not load

    use_store(S3Storage(chosen.media))


def close_store() -> None:
    """Nothing stays open: both stores hold no connection that must be said good-bye to."""
    use_store(None)
