from tortoise import BaseDBAsyncClient

from src.core.database.constraints import Check, addable

RUN_IN_TRANSACTION = True

# The list as it was when this was written; a later check needs a migration of its own.
CHECKS = (
    ("background_task", "attempts", "attempts >= 0"),
    ("background_task", "progress_done", "progress_done >= 0"),
    ("background_task", "progress_total", "progress_total >= 0"),
    ("event", "view_count", "view_count >= 0"),
    ("event_comment", "report_count", "report_count >= 0"),
    ("inbox_message", "attempts", "attempts >= 0"),
    ("job_run", "done", "done >= 0"),
    ("message", "attempts", "attempts >= 0"),
    ("message", "unknowns", "unknowns >= 0"),
    ("notice", "view_count", "view_count >= 0"),
    ("order_line", "origin_price", "origin_price >= 0"),
    ("order_line", "unit_price", "unit_price >= 0"),
    ("order_line", "line_total", "line_total >= 0"),
    ("order_line", "discount_share", "discount_share >= 0"),
    ("order_line", "points_share", "points_share >= 0"),
    ("orders", "item_total", "item_total >= 0"),
    ("orders", "discount_total", "discount_total >= 0"),
    ("orders", "shipping_fee", "shipping_fee >= 0"),
    ("orders", "points_used", "points_used >= 0"),
    ("orders", "total", "total >= 0"),
    ("outbound_delivery", "attempts", "attempts >= 0"),
    ("outbox_event", "attempts", "attempts >= 0"),
    ("payment", "total_amount", "total_amount >= 0"),
    ("payment", "charged_amount", "charged_amount >= 0"),
    ("payment", "paid_amount", "paid_amount >= 0"),
    ("payment", "cancelled_amount", "cancelled_amount >= 0"),
    ("payment", "discount_amount", "discount_amount >= 0"),
    ("product", "origin_price", "origin_price >= 0"),
    ("product", "price", "price >= 0"),
    ("product", "reduced_price", "reduced_price >= 0"),
    ("product", "discount", "discount >= 0"),
    ("product", "reduction", "reduction >= 0"),
    ("product", "review_count", "review_count >= 0"),
    ("product", "popularity", "popularity >= 0"),
    ("refund", "amount", "amount >= 0"),
    ("refund", "attempts", "attempts >= 0"),
    ("refund_attempt", "amount", "amount >= 0"),
    ("refund_attempt", "cancellable", "cancellable >= 0"),
    ("search_term", "searches", "searches >= 0"),
    ("search_term", "misses", "misses >= 0"),
    ("shipping_rule", "base_fee", "base_fee >= 0"),
    ("shipping_rule", "free_from", "free_from >= 0"),
    ("shipping_surcharge", "fee", "fee >= 0"),
    ("stock_adjustment", "stock_after", "stock_after >= 0"),
    ("task_file", "size", "size >= 0"),
    ("upload", "size", "size >= 0"),
    ("variant", "stock", "stock >= 0"),
    ("verification", "tries", "tries >= 0"),
    ("order_line", "quantity", "quantity > 0"),
    ("upload", "width", "width > 0"),
    ("upload", "height", "height > 0"),
)


async def upgrade(db: BaseDBAsyncClient) -> str:
    """Rows that exist decide: what one of them breaks is left out, so nothing that runs now is refused."""
    return await addable(db, tuple(Check(*check) for check in CHECKS)) or "SELECT 1"


async def downgrade(db: BaseDBAsyncClient) -> str:
    from src.core.database.constraints import present

    there = await present(db) if db is not None else set()
    checks = [Check(*check) for check in CHECKS]
    return "\n".join(
        f"ALTER TABLE `{check.table}` DROP CONSTRAINT {check.name};" for check in checks if check.name in there
    ) or "SELECT 1"


MODELS_STATE = (
    ""
)
