"""Events of members."""

from dataclasses import dataclass
from typing import ClassVar

from src.common.work.outbox import Event


@dataclass(frozen=True, kw_only=True)
class UserWithdrawn(Event):
    """A member has left: the row holds nothing personal any more. Sessions of an epoch below this one are over."""

    topic: ClassVar[str] = "user.withdrawn"

    user_id: int
    session_epoch: int

    @property
    def aggregate(self) -> str:
        """The member."""
        return f"user:{self.user_id}"


@dataclass(frozen=True, kw_only=True)
class WithdrawalAsked(Event):
    """A member asked to leave: the grace period runs."""

    topic: ClassVar[str] = "user.withdrawal_asked"

    user_id: int
    withdrawal_id: int

    @property
    def aggregate(self) -> str:
        """The member."""
        return f"user:{self.user_id}"


@dataclass(frozen=True, kw_only=True)
class WithdrawalCancelled(Event):
    """A member stays."""

    topic: ClassVar[str] = "user.withdrawal_cancelled"

    user_id: int
    withdrawal_id: int

    @property
    def aggregate(self) -> str:
        """The member."""
        return f"user:{self.user_id}"
