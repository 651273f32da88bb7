"""Upward questions: what lower domains ask of upper ones without knowing them. Registering again changes nothing."""

from src.app.auth.services.exporting import sessions_of, social_links_of
from src.app.auth.services.reauthentication import require_fresh
from src.app.auth.services.verification_use import proves_contact
from src.app.cart.services.exporting import cart_of
from src.app.order.services.exporting import orders_of
from src.app.order.services.withdrawal import has_open_orders
from src.app.payment.services.exporting import payments_of
from src.app.user.services import exporting, hooks


def register_checks() -> None:
    """Hand the answers to those who ask. Called by main, and by whoever runs jobs outside the server."""
    exporting.register_exporter("social_links", social_links_of)
    exporting.register_exporter("sessions", sessions_of)
    exporting.register_exporter("cart", cart_of)
    exporting.register_exporter("orders", orders_of)
    exporting.register_exporter("payments", payments_of)
    hooks.register_withdrawal_check("OPEN_ORDERS", has_open_orders)
    hooks.register_reauthentication(require_fresh)
    hooks.register_contact_verifier(proves_contact)
