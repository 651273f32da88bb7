"""What staff made of a template. The texts in the code are its defaults."""

from typing import Any

from tortoise import fields

from src.core.database.models import Model


class MessageTemplate(Model):
    """One row for each template that staff changed. `texts` holds only what differs from the code:
    ``{"ko.mail": {"subject": ..., "body": ...}, "en.sms": {"body": ...}}``. `off` names the ways that are switched off.
    """

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=40, unique=True)
    texts: Any = fields.JSONField()
    off: Any = fields.JSONField()
    version = fields.IntField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "message_template"
