"""One try to deliver."""

from tortoise import fields

from src.core.database.models import Model


class OutboundAttempt(Model):
    """The result of one try. `response_status` is null if no answer came; `answer` is its first 1 KB as text.

    `error` is empty if the message was delivered.
    """

    id = fields.BigIntField(primary_key=True)
    delivery: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.OutboundDelivery", related_name="tries", on_delete=fields.CASCADE
    )
    delivery_id: int
    sent_at = fields.DatetimeField()
    milliseconds = fields.IntField()
    response_status = fields.IntField(null=True)
    error = fields.CharField(max_length=80, default="")
    answer = fields.TextField()

    class Meta:
        table = "outbound_attempt"
