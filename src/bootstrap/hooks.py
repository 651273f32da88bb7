"""Register the hooks of the domains: a lower domain calls a function of an upper one without importing it.

They are registered only here; `tests/architecture/test_hooks.py` checks it.
"""

from src.app.auth.services import personal_data as auth_data
from src.app.auth.services.credentials.passwords import hash_password
from src.app.auth.services.credentials.reauthentication import require_fresh
from src.app.auth.services.recovery.proofs import Keeper
from src.app.auth.services.staff import sessions as staff_sessions
from src.app.auth.services.verification.use import proves_contact
from src.app.banner.services import queries as banners
from src.app.cart.services import personal_data as cart_data
from src.app.cart.services.holders import register_holders
from src.app.category.services.hooks import register_product_counts
from src.app.claim.services.invariants import cancels_add_up
from src.app.claim.services.retention import archiving as claim_archiving
from src.app.deposit.services import personal_data as deposit_data
from src.app.deposit.services.retention import archiving as deposit_archiving
from src.app.deposit.services.retention.periods import with_deposits
from src.app.desk.services import notes as order_notes
from src.app.desk.services.export import request as line_export
from src.app.desk.services.export import run as line_exporting
from src.app.escrow.services import archiving as escrow_archiving
from src.app.event.services import personal_data as event_data
from src.app.event.services.pictures import pictures_shown as pictures_of_events
from src.app.fulfilment.services import invariants as fulfilment_invariants
from src.app.fulfilment.services import personal_data as fulfilment_data
from src.app.fulfilment.services.retention import archiving as fulfilment_archiving
from src.app.fulfilment.services.sheets import request as shipment_sheets
from src.app.fulfilment.services.sheets import run as shipment_import
from src.app.fulfilment.services.sheets import undoing as shipment_undoing
from src.app.journal.services import archiving as journal_archiving
from src.app.notice.services import personal_data as notice_data
from src.app.notification.services import hooks as message_hooks
from src.app.notification.services import personal_data as notification_data
from src.app.order.services import archiving
from src.app.order.services import invariants as order_invariants
from src.app.order.services import personal_data as order_data
from src.app.order.services.effects.invariants import parts_add_up
from src.app.order.services.queries import figures_of
from src.app.order.services.queries import pictures_shown as pictures_of_orders
from src.app.order.services.retention import anonymising as order_anonymising
from src.app.order.services.retention.periods import register_paid
from src.app.order.services.stock_holds import follow_cart, holders_of
from src.app.order.services.withdrawal import has_open_orders, open_orders
from src.app.outbound.services import personal_data as outbound_data
from src.app.payment.services import invariants as payment_invariants
from src.app.payment.services import personal_data as payment_data
from src.app.payment.services.discrepancies.deposits import dues as deposits_due
from src.app.payment.services.journal_entries import open_refunds
from src.app.payment.services.retention import anonymising as payment_anonymising
from src.app.payment.services.retention import archiving as payment_archiving
from src.app.payment.services.retention.periods import paid_orders
from src.app.product.services import forgetting, naming
from src.app.product.services import personal_data as product_data
from src.app.product.services.badges import register_promoted
from src.app.product.services.editing.images import pictures_shown as pictures_of_products
from src.app.product.services.search import category_counts
from src.app.product.services.search.near_words import register_near_words
from src.app.product.services.search.words.synonyms import register_synonyms
from src.app.product.services.sheets.imports import run
from src.app.product.services.stock import invariants as product_invariants
from src.app.promotion_product.services.showing import promoted
from src.app.receipt.services import personal_data as receipt_data
from src.app.receipt.services.retention import archiving as receipt_archiving
from src.app.search.services import synonyms
from src.app.search.services.near import near_words
from src.app.settlement.services.clearing import dues
from src.app.settlement.services.clearing.invariants import orders_clear
from src.app.settlement.services.sheets import request as settlement_sheets
from src.app.settlement.services.sheets import run as settlement_import
from src.app.shipping.services.hooks import register_product_names
from src.app.shop.services import reading as store
from src.app.staff.services import hooks as staff_hooks
from src.app.staff.services.queries import names_of
from src.app.user.services import hooks
from src.app.user.services import personal_data as user_data
from src.app.user.services.admin import figures
from src.app.user.services.marketing.advertising import ad_rule
from src.bootstrap.mail_rule import asked_for
from src.common.http.public_invalidation import register_part
from src.common.media.references import register_pictures
from src.common.records import former_tables, invariants, personal_data
from src.common.work import tasks


def register_hooks() -> None:
    """Register all hooks. Called by `adapters.opened` in each process; a later call replaces an earlier one."""
    message_hooks.register_ad_rule(ad_rule)
    register_holders(holders_of, follow_cart)
    message_hooks.register_mail_rule(asked_for)
    register_product_counts(category_counts)
    register_promoted(promoted)
    register_product_names(naming.codes_and_names)
    register_near_words(near_words)
    register_synonyms(synonyms.current)
    _register_archives()
    invariants.register_check("stock", product_invariants.stock_is_its_ledger)
    invariants.register_check("lines", product_invariants.lines_give_back_what_they_took)
    invariants.register_check("holds", order_invariants.ended_orders_hold_nothing)
    invariants.register_check("parts", parts_add_up)
    invariants.register_check("shipments", fulfilment_invariants.lines_are_in_shipments)
    invariants.register_check("settled", payment_invariants.paid_orders_are_settled)
    invariants.register_check("owned", payment_invariants.paid_money_has_an_order)
    invariants.register_check("refunds", payment_invariants.refunds_add_up, patience=payment_invariants.PATIENCE)
    invariants.register_check("cancels", cancels_add_up)
    invariants.register_check("inbox", payment_invariants.messages_are_worked_off)
    dues.register_dues("payment", open_refunds)
    dues.register_dues("deposit", deposits_due)
    invariants.register_check("clearing", orders_clear)
    hooks.register_withdrawal_check("OPEN_ORDERS", has_open_orders)
    hooks.register_reauthentication(require_fresh)
    hooks.register_contact_verifier(proves_contact)
    hooks.register_sign_ins(Keeper())
    hooks.register_open_orders(open_orders)
    figures.register_order_figures(figures_of)
    figures.register_staff_names(names_of)
    staff_hooks.register_session_closer(staff_sessions.end)
    staff_hooks.register_password_hasher(hash_password)
    _register_tasks()
    register_part(forgetting.PART, forgetting.forget_units)
    register_pictures("banner", banners.pictures_shown)
    register_pictures("event", pictures_of_events)
    register_pictures("branding", store.pictures_shown)
    register_pictures("product_image", pictures_of_products)
    for table in ("order_line", "order_line_archive"):  # twice: a line may move to the other table in between
        register_pictures(table, pictures_of_orders)
    _register_personal_data()


def _register_tasks() -> None:
    """Register the long tasks that people ask for."""
    tasks.register(run.NAME, run.run)
    tasks.register(settlement_sheets.NAME, settlement_import.run)
    tasks.register(shipment_sheets.NAME, shipment_import.run)
    tasks.register(shipment_sheets.UNDO, shipment_undoing.run)
    tasks.register(line_export.NAME, line_exporting.run)


def _register_archives() -> None:
    """Register the tables that move with an order, parents first, and what keeps an order live."""
    archiving.register_parts("journal", journal_archiving.PARTS)
    archiving.register_parts("deposit", deposit_archiving.PARTS)
    archiving.register_parts("payment", payment_archiving.PARTS)
    archiving.register_parts("receipt", receipt_archiving.PARTS)
    archiving.register_parts("escrow", escrow_archiving.PARTS)
    archiving.register_keeper("escrow", escrow_archiving.under_way)
    archiving.register_keeper("receipt", receipt_archiving.under_way)
    archiving.register_parts("claim", claim_archiving.PARTS)
    archiving.register_parts("desk", order_notes.PARTS)
    archiving.register_keeper("payment", payment_archiving.unfinished)
    archiving.register_parts("fulfilment", fulfilment_archiving.PARTS)
    archiving.register_keeper("fulfilment", fulfilment_archiving.under_way)


def _register_personal_data() -> None:
    """Register every domain that keeps rows about members, in the order of the export. A failed erasure in one domain
    does not stop the others."""
    personal_data.register("user", user_data)
    personal_data.register("auth", auth_data)
    personal_data.register("cart", cart_data)
    personal_data.register("order", order_data)
    personal_data.register("deposit", deposit_data)
    personal_data.register("payment", payment_data)
    personal_data.register("receipt", receipt_data)
    personal_data.register("fulfilment", fulfilment_data)
    personal_data.register("product", product_data)
    personal_data.register("notification", notification_data)
    personal_data.register("event", event_data)
    personal_data.register("notice", notice_data)
    personal_data.register("outbound", outbound_data)
    register_paid("payment", paid_orders)
    register_paid("deposit", with_deposits)
    former_tables.register(order_anonymising.DOMAIN, order_anonymising.FORMER)
    former_tables.register(payment_anonymising.DOMAIN, payment_anonymising.FORMER)
