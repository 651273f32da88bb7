"""What shipping costs, and who ships."""

from src.app.shipping.models.courier import CourierList, CourierRow
from src.app.shipping.models.rule import ShippingRule, ShippingSurcharge

__all__ = ["CourierList", "CourierRow", "ShippingRule", "ShippingSurcharge"]
