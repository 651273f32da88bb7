"""Escrow cases."""

from src.app.escrow.models.escrow_case import OVER, EscrowCase
from src.common.models.archive import archive_of

EscrowCaseArchive = archive_of(EscrowCase)

__all__ = ["OVER", "EscrowCase", "EscrowCaseArchive"]
