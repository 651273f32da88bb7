"""The shop's own bank accounts, as staff set them."""

from tortoise import fields

from src.core.database.models import Model


class BankAccount(Model):
    """An account that shoppers may pay into. `bank` is a code of `common.banks`; `position` is its place on screens.

    Orders copy what they were told (`ManualTransfer`), so an account may be changed and removed at any time.
    """

    id = fields.BigIntField(primary_key=True)
    bank = fields.CharField(max_length=40)
    number = fields.CharField(max_length=40)
    holder = fields.CharField(max_length=50)
    is_active = fields.BooleanField()
    position = fields.IntField()

    class Meta:
        table = "bank_account"


class BankAccountList(Model):
    """The list of accounts as a whole, which is edited as one. There is one row, with id 1; none until an edit."""

    id = fields.IntField(primary_key=True, generated=False)
    version = fields.IntField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "bank_account_list"
