"""Outgoing webhooks: receivers, deliveries, and tries to deliver."""

from src.app.outbound.models.attempt import OutboundAttempt
from src.app.outbound.models.delivery import OutboundDelivery
from src.app.outbound.models.webhook import OffReason, OutboundWebhook

__all__ = ["OffReason", "OutboundAttempt", "OutboundDelivery", "OutboundWebhook"]
