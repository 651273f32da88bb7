"""What shipping costs, and who ships."""

from src.app.shipping.models.courier import CourierList, CourierRow
from src.app.shipping.models.rule import (
    DeliveryMethod,
    FeePer,
    ShippingProductFee,
    ShippingRule,
    ShippingSurcharge,
    SurchargeArea,
)

__all__ = [
    "CourierList",
    "CourierRow",
    "DeliveryMethod",
    "FeePer",
    "ShippingProductFee",
    "ShippingRule",
    "ShippingSurcharge",
    "SurchargeArea",
]
