"""The three ways in which a call to a vendor fails (docs/architecture.md#r17)."""

from typing import ClassVar


class VendorError(Exception):
    """Base of the three errors. `reason` is a word for the log and never contains sent data."""

    outcome: ClassVar[str]

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Declined(VendorError):
    """The vendor refused: nothing happened, and the same call would be refused again."""

    outcome = "declined"


class Unreachable(VendorError):
    """There was no answer, or one that does not tell the outcome: the call may have had its effect."""

    outcome = "unreachable"


class Nonsense(VendorError):
    """The answer breaks the contract, or says that our settings are wrong. The outcome is unknown, and a person must
    check it."""

    outcome = "nonsense"
