"""Bank accounts that refunds of an order go to."""

from enum import StrEnum

from tortoise import fields

from src.core.database.models import Model


class RefundAccountState(StrEnum):
    """REVIEW: the holder is nobody of the order, so staff decide first."""

    ACCEPTED = "ACCEPTED"
    REVIEW = "REVIEW"


class RefundAccount(Model):
    """An account as somebody gave it for an order. Rows are added, and the newest of an order counts.

    `number_sealed` is the number, encrypted; `number_end` its last four digits; `number_hash` finds one account behind
    many orders. `bank` is PortOne's word. `given_by` and `decided_by` are keys of identities; `reason` is why staff
    accepted another holder. All that is personal is empty once its period ended.
    """

    id = fields.BigIntField(primary_key=True)
    order: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Order", related_name="refund_accounts", on_delete=fields.RESTRICT
    )
    order_id: int
    bank = fields.CharField(max_length=40)
    number_sealed = fields.CharField(max_length=255)
    number_hash = fields.CharField(max_length=64, db_index=True)
    number_end = fields.CharField(max_length=4)
    holder = fields.CharField(max_length=50)
    state = fields.CharEnumField(RefundAccountState, max_length=8)
    given_by = fields.CharField(max_length=40)
    decided_by = fields.CharField(max_length=40, default="")
    reason = fields.CharField(max_length=200, default="")
    created_at = fields.DatetimeField()
    decided_at = fields.DatetimeField(null=True)

    class Meta:
        table = "refund_account"
