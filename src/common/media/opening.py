"""Open the store that the settings name."""

from src.common.media.local import LocalFolder
from src.common.media.store import use_store
from src.core.configs import Settings


def open_store(chosen: Settings) -> None:
    """Open the store for main and for jobs outside the server. No connection is made yet."""
    if not chosen.media.bucket:
        use_store(LocalFolder(chosen.server.state_dir / "media"))
        return
    from src.common.media.s3 import S3Storage  # loaded only if a bucket is configured

    use_store(S3Storage(chosen.media))


def close_store() -> None:
    """Remove the store. Neither store holds a connection that must be closed."""
    use_store(None)
