"""The three ways in which a call to a vendor fails (docs/architecture.md#r17)."""

from typing import ClassVar


class VendorError(Exception):
    """Base of the three. `reason` is a word for the log; it never holds what was sent."""

    outcome: ClassVar[str]

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Declined(VendorError):
    """The vendor refused: nothing happened, and the same call would be refused again."""

    outcome = "declined"


class Unreachable(VendorError):
    """There was no answer, or one that says nothing about the outcome: it may have happened."""

    outcome = "unreachable"


class Nonsense(VendorError):
    """The answer breaks the contract, or says that our own settings are wrong. A person must look; the outcome is
    unknown."""

    outcome = "nonsense"
