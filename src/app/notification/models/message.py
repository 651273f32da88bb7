"""Messages to shoppers: what waits to be sent, and what became of everything that was."""

from enum import StrEnum

from tortoise import fields

from src.common.models.work_item import WorkItem


class Way(StrEnum):
    """How somebody is reached: at a mail address or at a telephone."""

    MAIL = "mail"
    PHONE = "phone"


class MessageChannel(StrEnum):
    """By what it went. A telephone is reached by AlimTalk or by SMS, which is decided when it is sent."""

    NONE = ""
    MAIL = "mail"
    SMS = "sms"
    ALIMTALK = "alimtalk"


class MessageStatus(StrEnum):
    """QUEUED waits, SENDING is with a worker right now. The ends: SENT (the provider took it), FAILED (it did not go),
    UNKNOWN (nobody can say), WITHHELD (it must not go: no consent any more, or the person has left)."""

    QUEUED = "QUEUED"
    SENDING = "SENDING"
    SENT = "SENT"
    FAILED = "FAILED"
    UNKNOWN = "UNKNOWN"
    WITHHELD = "WITHHELD"


class Delivery(StrEnum):
    """What became of a message to a telephone after the provider took it; NONE while nobody knows."""

    NONE = ""
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"


class Message(WorkItem):
    """One message to one person by one way. `event_key` is what it tells of (``order.paid:7``): unique with template
    and way, so that one event never makes two.

    `content` is the sealed address and text; empty where it was forgotten, and for what goes out directly and is never
    kept (codes, reset links). `recipient_hash` is the keyed hash of the address. `number` is public, and the Message-ID
    of a mail. `provider_id` is what SENS calls it. `unknowns` counts tries without an answer. `forget_at` is when
    address and text go. `delivery` is the end at the telephone, `delivery_code` the provider's word for it,
    `delivered_at` when it ended there; `result_due_at` is when the provider is asked next, null once the end is known
    or given up.
    """

    number = fields.CharField(max_length=26, unique=True)
    event_key = fields.CharField(max_length=100)
    template = fields.CharField(max_length=40)
    way = fields.CharEnumField(Way, max_length=8)
    channel = fields.CharEnumField(MessageChannel, max_length=10, default=MessageChannel.NONE)
    language = fields.CharField(max_length=2)
    status = fields.CharEnumField(MessageStatus, max_length=10, default=MessageStatus.QUEUED)
    is_ad = fields.BooleanField(default=False)
    is_direct = fields.BooleanField(default=False)
    order_no = fields.CharField(max_length=17, default="", db_index=True)
    member_id = fields.BigIntField(null=True, db_index=True)
    recipient_hash = fields.CharField(max_length=64, default="", db_index=True)
    content = fields.TextField(default="")
    provider_id = fields.CharField(max_length=100, default="")
    delivery = fields.CharEnumField(Delivery, max_length=10, default=Delivery.NONE)
    delivery_code = fields.CharField(max_length=100, default="")
    delivered_at = fields.DatetimeField(null=True)
    result_due_at = fields.DatetimeField(null=True, db_index=True)
    unknowns = fields.SmallIntField(default=0)
    resend_of = fields.CharField(max_length=26, default="")
    sent_at = fields.DatetimeField(null=True)
    forget_at = fields.DatetimeField(db_index=True)
    created_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "message"
        unique_together = (("event_key", "template", "way"),)
        indexes = (("work_status", "available_at"),)
