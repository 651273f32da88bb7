"""The index of `ProductSearch`: one row for each pair of neighbouring letters of each product."""

from tortoise import fields

from src.core.database.models import Model


class ProductGram(Model):
    """`id` is ``gram * 2**31 + product id``, and nothing else is stored: the products of a gram are one short range of
    the primary key, whether a product has a gram is one look-up, and a row takes a third of what two columns and two
    indexes would. Works alike on every database, without a full-text parser."""

    id = fields.BigIntField(primary_key=True, generated=False)

    class Meta:
        table = "product_gram"
