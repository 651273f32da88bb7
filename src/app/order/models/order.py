"""An order: orderer, address, amounts and status."""

from tortoise import fields

from src.app.order.models.status import OrderStatus
from src.core.database.models import Model


class Order(Model):
    """Amounts are won; ``total = item_total - discount_total + shipping_fee - points_used``. `total` contains
    `tax_free_amount` without VAT and `vat_amount` of VAT, which is null until the job ``order-effects`` came to an
    order of a release without it.

    - `member_id` is null for a guest. It is not a foreign key: an order outlives its member (docs/promises.md#p9).
    - `cart_owner` is the cart that the order was made from, empty without one. `cart_in_hand` is the cart that the
      buyer had when ordering, even if the order was not made from it.
    - `orderer_phone_end` and `recipient_phone_end` are the last four digits of the numbers: staff search by them.
    - `client_network` is the network of `client_address` (`common.http.networks`).
    - `shipping_version` is the version of the shipping rules that the order was priced by and whose return and exchange
      fee the buyer was shown; null for orders from before versions.
    - `language` is the language of the order's messages.
    - `guest_token_version` is raised to revoke guest tokens.
    - `hold_extended` is true once the hold was extended for a payment under way; this happens at most once.
    - `pay_until` is the value that `expires_at` had before the order began to wait for a deposit. The hold is renewed
      from it when the account is closed early (`checkout.services.deposits`).
    - `paper_changed_at` is when address or option last changed: what was printed before is stale. `printed_at` is the
      moment of what the last delivery note or picking list shows.
    - `revival_id` is the last `OrderRevival`, which names what the order holds of the stock; null without one.
    - `unreachable_since` is the first time that PortOne could not be asked about this overdue order.
    """

    id = fields.BigIntField(primary_key=True)
    order_no = fields.CharField(max_length=17, unique=True)
    member_id = fields.BigIntField(null=True)
    status = fields.CharEnumField(OrderStatus, max_length=20, default=OrderStatus.PENDING)
    language = fields.CharField(max_length=2, default="ko")
    orderer_name = fields.CharField(max_length=50)
    orderer_phone = fields.CharField(max_length=20)
    orderer_phone_end = fields.CharField(max_length=4, default="", db_index=True)
    orderer_email = fields.CharField(max_length=254)
    client_address = fields.CharField(max_length=45, default="")
    client_network = fields.CharField(max_length=45, default="")
    recipient = fields.CharField(max_length=50)
    recipient_phone = fields.CharField(max_length=20)
    recipient_phone_end = fields.CharField(max_length=4, default="")
    zipcode = fields.CharField(max_length=5)
    address = fields.CharField(max_length=200)
    address_detail = fields.CharField(max_length=200, default="")
    memo = fields.CharField(max_length=500, default="")
    item_total = fields.IntField()
    discount_total = fields.IntField(default=0)
    shipping_fee = fields.IntField()
    shipping_version = fields.IntField(null=True)
    points_used = fields.IntField(default=0)
    total = fields.IntField()
    tax_free_amount = fields.IntField(default=0)
    vat_amount = fields.IntField(null=True)
    cart_owner = fields.CharField(max_length=80, default="")
    cart_in_hand = fields.CharField(max_length=80, default="")
    guest_token_version = fields.IntField(default=1)
    expires_at = fields.DatetimeField()
    pay_until = fields.DatetimeField(null=True)
    hold_extended = fields.BooleanField(default=False)
    unreachable_since = fields.DatetimeField(null=True)
    paper_changed_at = fields.DatetimeField(null=True)
    printed_at = fields.DatetimeField(null=True)
    revival_id = fields.BigIntField(null=True)
    paid_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "orders"
        indexes = (
            ("status", "expires_at"),
            ("member_id", "created_at"),
            ("orderer_phone", "status"),
            ("orderer_name",),
            ("recipient",),
            ("recipient_phone_end", "recipient_phone"),
            ("orderer_email", "created_at"),
            ("client_network", "status"),
            ("cart_in_hand", "status"),
        )
