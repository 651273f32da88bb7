"""Meaning of database errors: either nothing was done and a repeat is safe, or the outcome is unknown.

Numbers are those of MySQL and MariaDB. Numbers from 2000 to 2099 are raised by the client: 2006 means that it could not
send, 2013 that it sent and got no answer.
"""

from typing import Final

from tortoise.exceptions import IntegrityError, OperationalError

LOCK_CONFLICTS: Final = frozenset({1213, 1205})
"""InnoDB: deadlock found; lock wait timeout exceeded. A cluster says 1213 also at COMMIT: another node was faster."""

CLUSTER_REFUSALS: Final = frozenset({1180, 1047})
"""Galera: the write set could not be replicated; this node is not ready. Elsewhere both mean something else."""

NOT_SENT: Final = 2006
NOT_CONNECTED: Final = 0
"""asyncmy's InterfaceError: the connection had ended before, so nothing was sent."""
LOST: Final = frozenset({NOT_CONNECTED, 2006, 2013, 1053, 1927, 3169, 4031})
"""The connection ended: before, gone away, lost, server shutting down, killed (MariaDB, MySQL), closed for idling. What
was not committed is rolled back."""

CHECK_FAILED: Final = frozenset({4025, 3819})
"""A CHECK constraint refused a value (MariaDB, MySQL)."""


class DatabaseBusy(Exception):
    """A lock conflict at every attempt, or no free connection in the pool in time. Nothing was written."""


class CommitLost(OperationalError):
    """COMMIT was sent and not answered. `inserted` names rows that the transaction made, as (INSERT, number)."""

    def __init__(self, cause: Exception, inserted: tuple[tuple[str, int], ...] = ()) -> None:
        super().__init__(cause)
        self.inserted = inserted


class OutcomeUnknown(OperationalError):
    """COMMIT was sent and not answered, and nothing proves its outcome. The use case must not be repeated blindly."""


class CheckViolated(OperationalError):
    """A CHECK constraint refused a value. The statement wrote nothing."""


def code_of(error: BaseException) -> object:
    """Return the code of the driver's error inside `error`: MySQL's number or SQLite's message."""
    cause = error.args[0] if error.args else None
    return cause.args[0] if isinstance(cause, BaseException) and cause.args else None


def is_lock_conflict(error: OperationalError) -> bool:
    """Return True if the database rolled back a statement or transaction in favour of another one."""
    code = code_of(error)
    return code in LOCK_CONFLICTS or "database is locked" in str(code)


def is_lost(error: OperationalError) -> bool:
    """Return True if the connection ended before COMMIT was sent on it."""
    return code_of(error) in LOST and not isinstance(error, CommitLost | OutcomeUnknown)


def is_check(error: OperationalError | IntegrityError) -> bool:
    """Return True if a CHECK constraint refused a value, on any of the three databases."""
    code = code_of(error)
    return code in CHECK_FAILED or str(code).startswith("CHECK constraint failed")
