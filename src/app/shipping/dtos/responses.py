"""What shipping costs, as shoppers see it. Amounts are won."""

from pydantic import BaseModel, ConfigDict

from src.app.shipping.dtos.admin.rules import AREA, BULKY, RULES
from src.app.shipping.models import DeliveryMethod, FeePer, SurchargeArea
from src.common.dtos.money import Won


class OwnFeeRead(BaseModel):
    """The own fee of a product, once an order or for each unit; it replaces the base fee. 0 ships free."""

    product_id: int
    fee: Won
    per: FeePer


class AreaFeeRead(BaseModel):
    """The lowest and highest surcharge of an area. What one zipcode costs is told by ``POST /cart/quote``."""

    area: SurchargeArea
    lowest: Won
    highest: Won


class ShippingFeesRead(BaseModel):
    """The rules in force. The base fee is waived from `free_from` on, null if it never is."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **{
                        name: RULES[name] for name in ("base_fee", "free_from", "return_fee", "exchange_fee", "methods")
                    },
                    "product_fees": [BULKY],
                    "areas": [{"area": AREA["area"], "lowest": 3000, "highest": 3000}],
                    "version": 3,
                }
            ]
        }
    )

    base_fee: Won
    free_from: Won | None
    return_fee: Won
    exchange_fee: Won
    methods: list[DeliveryMethod]
    product_fees: list[OwnFeeRead]
    areas: list[AreaFeeRead]
    version: int
