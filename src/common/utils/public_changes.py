"""What a change in the back-office does to the public reads."""

from src.common.utils import bytes_cache
from src.core.database import after_commit


def shown_changed() -> None:
    """Call it in the transaction of a change that public reads show: as soon as it is committed this worker shows it,
    the others within the time limit of their answers."""
    after_commit(bytes_cache.invalidate_all)
