"""What a line was before staff changed its option."""

from tortoise import fields

from src.core.database.models import Model


class LineChange(Model):
    """One change of a line's option (옵션 변경): variant, SKU and names before and after, for `units` of it. The first
    row of a line keeps what was bought. Rows are never changed. `actor` is the key of an identity."""

    id = fields.BigIntField(primary_key=True)
    order: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Order", related_name="line_changes", on_delete=fields.RESTRICT
    )
    order_id: int
    line_no = fields.CharField(max_length=20, db_index=True)
    units = fields.IntField()
    from_variant_id = fields.BigIntField()
    from_sku = fields.CharField(max_length=64)
    from_color = fields.CharField(max_length=40)
    from_size = fields.CharField(max_length=40)
    to_variant_id = fields.BigIntField()
    to_sku = fields.CharField(max_length=64)
    to_color = fields.CharField(max_length=40)
    to_size = fields.CharField(max_length=40)
    actor = fields.CharField(max_length=40)
    reason = fields.CharField(max_length=200, default="")
    created_at = fields.DatetimeField()

    class Meta:
        table = "line_change"
