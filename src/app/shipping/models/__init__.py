"""What shipping costs, and who ships."""

from src.app.shipping.models.business_day import BusinessDay
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
    "BusinessDay",
    "CourierList",
    "CourierRow",
    "DeliveryMethod",
    "FeePer",
    "ShippingProductFee",
    "ShippingRule",
    "ShippingSurcharge",
    "SurchargeArea",
]
