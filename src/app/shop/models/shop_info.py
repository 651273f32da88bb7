"""Legal details of the seller."""

from tortoise import fields

from src.core.database.models import Model


class ShopInfo(Model):
    """Details that a Korean shop must show on its pages (전자상거래법 제10조, 정보통신망법).

    There is one row, with id 1. Fields are empty until they are entered. `safety_name` and `safety_url` are the
    insurance of payments that no escrow protects (구매안전서비스, 전자상거래법 제24조제2항), and where a buyer sees
    that it holds.
    """

    id = fields.IntField(primary_key=True, generated=False)
    company_name = fields.CharField(max_length=100, default="")
    representative = fields.CharField(max_length=50, default="")
    business_number = fields.CharField(max_length=12, default="")
    mail_order_number = fields.CharField(max_length=40, default="")
    address = fields.CharField(max_length=200, default="")
    phone = fields.CharField(max_length=20, default="")
    email = fields.CharField(max_length=254, default="")
    opening_hours = fields.CharField(max_length=200, default="")
    privacy_officer = fields.CharField(max_length=50, default="")
    privacy_officer_email = fields.CharField(max_length=254, default="")
    hosting_provider = fields.CharField(max_length=100, default="")
    safety_name = fields.CharField(max_length=100, default="")
    safety_url = fields.CharField(max_length=300, default="")
    version = fields.IntField(default=1)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "shop_info"
