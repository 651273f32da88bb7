"""A person's request to be notified when a sold-out colour and size is back."""

from enum import StrEnum

from tortoise import fields

from src.core.database.models import Model


class AlertStatus(StrEnum):
    """WAITING for stock, DUE to be sent, or SENDING. The final statuses are SENT, UNKNOWN (it may or may not have been
    sent) and FAILED; the row then has no personal data."""

    WAITING = "WAITING"
    DUE = "DUE"
    SENDING = "SENDING"
    SENT = "SENT"
    UNKNOWN = "UNKNOWN"
    FAILED = "FAILED"


class RestockAlert(Model):
    """One person's alert for one variant.

    `person` is ``member:<id>`` or the keyed hash of a guest's contact, and null in a final status, so that a person has
    at most one open alert per variant. `address` is a guest's encrypted contact; it is empty for a member, whose
    contact is read when the message is sent. `channel` is ``email`` or ``sms``.

    `next_at` is the earliest time to send; while SENDING, the time from which the sender counts as crashed.
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
