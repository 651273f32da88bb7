"""Payment channels as staff set them."""

from enum import StrEnum

from tortoise import fields

from src.app.payment.models.status import PayMethod
from src.core.database.models import Model


class EasyPayProvider(StrEnum):
    """The wallets that a shopper may choose, in PortOne's words."""

    KAKAOPAY = "KAKAOPAY"
    NAVERPAY = "NAVERPAY"
    TOSSPAY = "TOSSPAY"
    PAYCO = "PAYCO"
    SAMSUNGPAY = "SAMSUNGPAY"
    APPLEPAY = "APPLEPAY"


class ChannelMode(StrEnum):
    """Whether money moves on the channel. A payment on a TEST channel is free goods, so production offers none."""

    LIVE = "LIVE"
    TEST = "TEST"


class PaymentChannel(Model):
    """A channel of PortOne for one way to pay. A shop whose staff set none has no row and uses its settings.

    `code` is ours and never changes: payments keep it. `easy_pay_provider` is empty for a channel on which the shopper
    may name any wallet. `pg` is PortOne's word for the payment company, empty where it is unknown. Several rows may
    share one `channel_key`. `min_amount` is in won.
    """

    code = fields.CharField(max_length=20, primary_key=True)
    method = fields.CharEnumField(PayMethod, max_length=20)
    easy_pay_provider = fields.CharField(max_length=20, default="")
    pg = fields.CharField(max_length=40, default="")
    channel_key = fields.CharField(max_length=100)
    mode = fields.CharEnumField(ChannelMode, max_length=4)
    is_active = fields.BooleanField()
    mixed_tax = fields.BooleanField()
    escrow = fields.BooleanField()
    manual_approval = fields.BooleanField()
    min_amount = fields.IntField()
    name = fields.CharField(max_length=50)
    name_en = fields.CharField(max_length=50)
    position = fields.IntField()

    class Meta:
        table = "payment_channel"


class PaymentChannelList(Model):
    """The list of channels as a whole, which is edited as one. There is one row, with id 1; none until an edit."""

    id = fields.IntField(primary_key=True, generated=False)
    version = fields.IntField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "payment_channel_list"
