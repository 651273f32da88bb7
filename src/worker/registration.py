"""Upward questions: what lower domains ask of upper ones without knowing them. Registering again changes nothing."""

from src.app.auth.services.exporting import sessions_of, social_links_of
from src.app.auth.services.reauthentication import require_fresh
from src.app.auth.services.verification_use import proves_contact
from src.app.banner.services import queries as banners
from src.app.cart.services.exporting import cart_of
from src.app.event.services import managing as events
from src.app.event.services.leaving import comments_of
from src.app.order.services.exporting import orders_of
from src.app.order.services.pictures import pictures_shown as pictures_of_orders
from src.app.order.services.withdrawal import has_open_orders
from src.app.payment.services.exporting import payments_of
from src.app.product.services import restock_alerts
from src.app.product.services.badges import register_promoted
from src.app.product.services.pictures import pictures_shown as pictures_of_products
from src.app.promotion.services.showing import promoted
from src.app.store.services import reading as store
from src.app.user.services import exporting, hooks
from src.common.utils.media.references import register_pictures


def register_checks() -> None:
    """Hand the answers to those who ask. Called by main, and by whoever runs jobs outside the server."""
    exporting.register_exporter("social_links", social_links_of)
    exporting.register_exporter("sessions", sessions_of)
    exporting.register_exporter("cart", cart_of)
    exporting.register_exporter("orders", orders_of)
    exporting.register_exporter("payments", payments_of)
    exporting.register_exporter("restock_alerts", restock_alerts.exported)
    register_promoted(promoted)
    exporting.register_exporter("event_comments", comments_of)
    hooks.register_withdrawal_check("OPEN_ORDERS", has_open_orders)
    hooks.register_reauthentication(require_fresh)
    hooks.register_contact_verifier(proves_contact)
    register_pictures("banner", banners.pictures_shown)
    register_pictures("event", events.pictures_shown)
    register_pictures("branding", store.pictures_shown)
    register_pictures("product_image", pictures_of_products)
    register_pictures("order_line", pictures_of_orders)
