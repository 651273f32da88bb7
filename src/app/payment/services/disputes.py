"""Disputes stored in a payment's row. The payer opens a dispute at the card company or wallet, not with the shop."""

import logging
from datetime import datetime
from functools import partial
from typing import Any

from src.app.payment.models import Payment
from src.app.payment.services.provider.base import ProviderDispute
from src.core.database import after_commit

logger = logging.getLogger(__name__)


def is_mirrored(payment: Payment, dispute: ProviderDispute) -> bool:
    """Return True if the row holds the dispute in its present state."""
    kept = _kept(payment, dispute)
    return kept is not None and kept["status"] == dispute.status[:40]


def mirror_dispute(payment: Payment, dispute: ProviderDispute) -> bool:
    """Copy the dispute's present state into the row; return whether the dispute is new. The caller saves the row.

    A new dispute is logged as CRITICAL after the commit. A dispute that a later body leaves out stays: the provider
    shows disputes of paid payments only. The reason is not stored once the payment's personal values were removed.
    """
    kept = _kept(payment, dispute)
    told = {
        "id": dispute.id[:64],
        "status": dispute.status[:40],
        "reason": "" if payment.separated_at else dispute.reason[:200],
        "created_at": _moment(dispute.created_at),
        "resolved_at": _moment(dispute.resolved_at),
    }
    payment.disputes = [told if entry is kept else entry for entry in payment.disputes or []]
    if kept is not None:
        return False
    payment.disputes.append(told)
    after_commit(
        partial(logger.critical, "payment %s is disputed and needs a person: %s", payment.payment_id, told["id"])
    )
    return True


def _kept(payment: Payment, dispute: ProviderDispute) -> dict[str, Any] | None:
    return next((entry for entry in payment.disputes or [] if entry["id"] == dispute.id[:64]), None)


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
