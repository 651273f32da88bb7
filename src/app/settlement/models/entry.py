"""What the provider pays out for one movement of money, and what it takes for it."""

from typing import cast

from tortoise import fields

from src.app.journal.models import EntryKind
from src.core.database.models import Model


class SettlementEntry(Model):
    """One money row of the journal as the provider settles it; `cause` is that row's and unique.

    - `amount` is the journal's signed won, `fee` what the provider takes of it (below 0 where it gives a fee back) with
      VAT, `fee_vat` the VAT therein. What is paid out is ``amount - fee``.
    - `moved_on` is the Korean day of the movement, `payout_on` the business day on which it is paid out, null while
      that is not known: it counts from a purchase confirmation that is still to come, or no fee row holds.
    - `table_version` is the version of the fee table that it was reckoned by. What is not paid out yet follows it.
    - `stated_...` is what the provider's own sheet says, null until one was imported that names it.
    """

    id = fields.BigIntField(primary_key=True)
    cause = fields.CharField(max_length=80, unique=True)
    order_id = fields.BigIntField(db_index=True)
    payment_id = fields.BigIntField(db_index=True)
    kind = fields.CharEnumField(EntryKind, max_length=20)
    channel = fields.CharField(max_length=20, default="")
    method = fields.CharField(max_length=20)
    amount = fields.BigIntField()
    fee = fields.BigIntField(default=0)
    fee_vat = fields.BigIntField(default=0)
    moved_on = fields.DateField()
    payout_on = fields.DateField(null=True)
    table_version = fields.IntField()
    stated_amount = cast("fields.Field[int | None]", fields.BigIntField(null=True))
    stated_fee = cast("fields.Field[int | None]", fields.BigIntField(null=True))
    stated_on = fields.DateField(null=True)

    class Meta:
        table = "settlement_entry"
        indexes = (("payout_on",), ("stated_on",))
