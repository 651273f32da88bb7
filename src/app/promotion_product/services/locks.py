"""Locking reads of the promotion domain."""

from tortoise.exceptions import IntegrityError

from src.app.promotion_product.errors import PromotionNotFound
from src.app.promotion_product.models import PromotionCode, PromotionList
from src.common import clock
from src.core.database import single_statement


def known(code: str) -> PromotionCode:
    """Return the list's code as an enum member. Raises PromotionNotFound."""
    if code not in set(PromotionCode):
        raise PromotionNotFound
    return PromotionCode(code)


async def prepare(code: PromotionCode) -> None:
    """Create the list's row if it is missing. Call it outside a transaction. Of two simultaneous calls, one creates
    it."""
    if await PromotionList.filter(code=code).exists():
        return
    try:
        await single_statement(lambda: PromotionList.create(code=code, updated_at=clock.now()), is_harmless=True)
    except IntegrityError:
        return  # another request created the row first


async def lock_list(code: PromotionCode) -> PromotionList:
    """Lock the list's row in the caller's transaction, and return it. Changes of its items wait for this lock."""
    return await PromotionList.select_for_update().get(code=code)
