"""The address book of a member."""

from tortoise import fields

from src.core.database.models import Model


class Address(Model):
    """A delivery address of a member.

    `default_of` is the member's id if this is the default address, else null. It is unique, so that no member has two
    default addresses.
    """

    id = fields.BigIntField(primary_key=True)
    user: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.User", related_name="addresses", on_delete=fields.CASCADE
    )
    user_id: int
    default_of = fields.BigIntField(null=True, unique=True)
    label = fields.CharField(max_length=30, default="")
    recipient = fields.CharField(max_length=50)
    phone = fields.CharField(max_length=20)
    zipcode = fields.CharField(max_length=5)
    address = fields.CharField(max_length=200)
    address_detail = fields.CharField(max_length=200, default="")
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "user_address"

    @property
    def is_default(self) -> bool:
        """True for the default address."""
        return self.default_of is not None
