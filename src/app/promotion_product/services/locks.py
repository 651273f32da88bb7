"""Locking reads of the promotion domain."""

from tortoise.exceptions import IntegrityError

from src.app.promotion_product.errors import PromotionNotFound
from src.app.promotion_product.models import PromotionCode, PromotionList
from src.common import clock
from src.core.database import single_statement


def known(code: str) -> PromotionCode:
    """The list with this code. Raises PromotionNotFound."""
    if code not in set(PromotionCode):
        raise PromotionNotFound
    return PromotionCode(code)


async def prepare(code: PromotionCode) -> None:
    """Make sure that the list has its row. Call it outside a transaction: of two at once, one makes it."""
    if await PromotionList.filter(code=code).exists():
        return
    try:
        await single_statement(lambda: PromotionList.create(code=code, updated_at=clock.now()), is_harmless=True)
    except IntegrityError:
        return  # another one was faster


async def lock_list(code: PromotionCode) -> PromotionList:
    """The list's row, locked within the caller's transaction: changes of its items queue here."""
    return await PromotionList.select_for_update().get(code=code)
