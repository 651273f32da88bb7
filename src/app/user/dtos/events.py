"""Events of members."""

from dataclasses import dataclass
from typing import ClassVar

from src.common.work.outbox import Event


@dataclass(frozen=True, kw_only=True)
class UserWithdrawn(Event):
    """A member has left and their row was anonymised. Sessions of an epoch below `session_epoch` have ended."""

    topic: ClassVar[str] = "user.withdrawn"

    user_id: int
    session_epoch: int

    @property
    def aggregate(self) -> str:
        """The member."""
        return f"user:{self.user_id}"


@dataclass(frozen=True, kw_only=True)
class WithdrawalAsked(Event):
    """A member asked to leave, which starts the grace period."""

    topic: ClassVar[str] = "user.withdrawal_asked"

    user_id: int
    withdrawal_id: int

    @property
    def aggregate(self) -> str:
        """The member."""
        return f"user:{self.user_id}"


@dataclass(frozen=True, kw_only=True)
class WithdrawalCancelled(Event):
    """A member cancelled the withdrawal during the grace period."""

    topic: ClassVar[str] = "user.withdrawal_cancelled"

    user_id: int
    withdrawal_id: int

    @property
    def aggregate(self) -> str:
        """The member."""
        return f"user:{self.user_id}"
