"""Who wants to hear when a sold-out colour and size is back."""

from enum import StrEnum

from tortoise import fields

from src.core.database.models import Model


class AlertStatus(StrEnum):
    """WAITING for stock, DUE to be sent, SENDING right now; SENT, UNKNOWN (nobody can say whether it went) and FAILED
    are ends, at which nothing personal is left in the row."""

    WAITING = "WAITING"
    DUE = "DUE"
    SENDING = "SENDING"
    SENT = "SENT"
    UNKNOWN = "UNKNOWN"
    FAILED = "FAILED"


class RestockAlert(Model):
    """One person waits for one variant.

    `person` is ``member:<id>`` or the keyed hash of a guest's contact, null at the end: one open alert for each person
    and variant. `address` is a guest's contact, sealed; of a member it stays empty: where a member is reached
    is read when it is sent. `channel` is ``email`` or ``sms``.

    `next_at` is when it may be sent; while SENDING, when the sender counts as dead.
    """

    id = fields.BigIntField(primary_key=True)
    variant: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Variant", related_name="restock_alerts", on_delete=fields.CASCADE
    )
    variant_id: int
    member_id = fields.BigIntField(null=True, db_index=True)
    person = fields.CharField(max_length=80, null=True, db_index=True)
    channel = fields.CharField(max_length=8)
    address = fields.CharField(max_length=600, default="")
    language = fields.CharField(max_length=2, default="ko")
    status = fields.CharEnumField(AlertStatus, max_length=8, default=AlertStatus.WAITING)
    tries = fields.SmallIntField(default=0)
    next_at = fields.DatetimeField()
    created_at = fields.DatetimeField(db_index=True)
    closed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "restock_alert"
        unique_together = (("variant", "person"),)
        indexes = (("status", "next_at"),)
