"""Log of access to personal data: reader, person and reason (개인정보의 안전성 확보조치 기준 제8조: 접속기록)."""

from tortoise import fields

from src.common.models.append_only import AppendOnly, AppendOnlyManager


class PersonalDataAccess(AppendOnly):
    """One person's data shown unmasked to one staff member. `items` names what was shown, never its values."""

    id = fields.BigIntField(primary_key=True)
    actor = fields.CharField(max_length=40)
    purpose = fields.CharField(max_length=64)
    target_type = fields.CharField(max_length=32)
    target_id = fields.CharField(max_length=120)
    items = fields.CharField(max_length=200)
    reason = fields.CharField(max_length=500, default="")
    address = fields.CharField(max_length=45, default="")
    user_agent = fields.CharField(max_length=200, default="")
    request_id = fields.CharField(max_length=64, default="")
    created_at = fields.DatetimeField()

    class Meta:
        table = "personal_data_access"
        manager = AppendOnlyManager()
        indexes = (("created_at",), ("actor", "created_at"), ("target_type", "target_id"))
