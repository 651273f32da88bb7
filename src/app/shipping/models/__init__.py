"""What shipping costs."""

from src.app.shipping.models.rule import ShippingRule, ShippingSurcharge

__all__ = ["ShippingRule", "ShippingSurcharge"]
