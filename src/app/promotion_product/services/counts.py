"""Count the products that the curated lists show."""

from tortoise.functions import Count

from src.app.product.services.sellable import FOR_SALE
from src.app.promotion_product.models import PromotionCode
from src.app.promotion_product.services import rules
from src.app.promotion_product.services.showing import showing


async def shown() -> dict[str, int]:
    """Return, by list code, the number of products for sale that the list shows now; 0 for a list that shows none. At
    most three queries."""
    for_sale = {f"product__{column}": value for column, value in FOR_SALE.items()}
    rows = await showing().filter(**for_sale).annotate(count=Count("id")).group_by("code").values_list("code", "count")
    found = {PromotionCode(code).value: int(count) for code, count in rows}
    rule = await rules.read()
    if rule.by_rule:
        found[PromotionCode.NEW.value] = rule.matching
    return {code.value: found.get(code.value, 0) for code in PromotionCode}
