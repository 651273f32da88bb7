"""What staff may do with a refund next: one table, which the answers show and the commands check."""

from collections.abc import Callable, Mapping
from typing import Final

from src.app.payment.dtos.admin.refunds import RefundAction
from src.app.payment.errors import RefundNotRetryable
from src.app.payment.models import Refund, RefundMeans, RefundStatus

SENDABLE: Final = frozenset({RefundStatus.REQUESTED, RefundStatus.SENT, RefundStatus.FAILED, RefundStatus.BLOCKED})
"""A refund in one of these states is tried again by itself, at the latest after an hour."""

RULES: Final[Mapping[RefundAction, Callable[[Refund], bool]]] = {
    RefundAction.RETRY: lambda refund: refund.means == RefundMeans.PROVIDER and refund.status in SENDABLE,
}


def allowed_actions(refund: Refund) -> list[RefundAction]:
    """Return what may be done with the refund now."""
    return [action for action, holds in RULES.items() if holds(refund)]


def check_retryable(refund: Refund) -> None:
    """Raise RefundNotRetryable if the refund cannot be sent again now."""
    if not RULES[RefundAction.RETRY](refund):
        raise RefundNotRetryable(refund_status=refund.status.value)
