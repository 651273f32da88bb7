"""Reads of the fee rules."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, Final

from src.app.shipping.models import DeliveryMethod, FeePer, ShippingProductFee, SurchargeArea
from src.app.shipping.services.fees import DEFAULT, ProductFee, Rule, Surcharge, Tariff
from src.core.database.statements import FEW, fetch, marks

# All tables are read in one round trip: every quote needs them, and every order before its transaction.
NEWEST: Final = "(SELECT MAX(version) FROM shipping_rule)"
RULE: Final = """
SELECT 'rule' AS kind, version, base_fee AS fee, free_from, return_fee, exchange_fee, 0 AS product_id,
    methods AS word, '' AS name, '' AS zipcode_from, '' AS zipcode_to
FROM shipping_rule WHERE version = {version}
"""
SURCHARGES: Final = """
UNION ALL SELECT 'surcharge', version, fee, 0, 0, 0, 0, area, name, zipcode_from, zipcode_to
FROM shipping_surcharge WHERE version = {version}
"""
PRODUCTS: Final = """
UNION ALL SELECT 'product', version, fee, 0, 0, 0, product_id, per, '', '', ''
FROM shipping_product_fee WHERE version = {version}
"""


async def load_tariff() -> Tariff:
    """Load all rules in force by one statement. A shop without a rule row uses the defaults of the code."""
    return _tariff(await fetch((RULE + SURCHARGES + PRODUCTS).replace("{version}", NEWEST), is_fixed=True))


async def load_tariff_for(product_ids: Sequence[int], zipcode: str | None) -> Tariff:
    """Load the rules in force that apply to these products and this zipcode, by one statement.

    A list of many zipcodes or products costs a quote no more than a short one.
    """
    text, values, ids = RULE, list[Any](), sorted(set(product_ids))
    if zipcode is not None:
        text += f"{SURCHARGES} AND zipcode_from <= %s AND zipcode_to >= %s"
        values += [zipcode, zipcode]
    if ids:
        text += f"{PRODUCTS} AND product_id IN ({marks(len(ids))})"
        values += ids
    return _tariff(await fetch(text.replace("{version}", NEWEST), values, is_fixed=len(ids) <= FEW))


async def load_version(version: int) -> Tariff | None:
    """Load the rules of a version by one statement, None if there is no such version."""
    rows = await fetch((RULE + SURCHARGES + PRODUCTS).replace("{version}", "%s"), [version] * 3)
    if rows:
        return _tariff(rows)
    return DEFAULT if version == DEFAULT.rule.version else None


async def own_fees(versions: Collection[int], product_ids: Collection[int]) -> dict[int, set[int]]:
    """Return which of these products shipped at a fee of their own, which may be 0, by the version of the rules. One
    statement."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    rows = ShippingProductFee.filter(version__in=sorted(versions), product_id__in=sorted(product_ids))
    for version, product_id in await rows.values_list("version", "product_id"):
        found[version].add(product_id)
    return found


def _tariff(rows: Sequence[dict[str, Any]]) -> Tariff:
    rules = [_rule(row) for row in rows if row["kind"] == "rule"]
    if not rules:
        return DEFAULT
    surcharges = [
        Surcharge(row["name"], row["zipcode_from"], row["zipcode_to"], row["fee"], SurchargeArea(row["word"]))
        for row in rows
        if row["kind"] == "surcharge"
    ]
    own = [ProductFee(row["product_id"], row["fee"], FeePer(row["word"])) for row in rows if row["kind"] == "product"]
    return Tariff(
        rules[0],
        tuple(sorted(surcharges, key=lambda each: (each.zipcode_from, each.zipcode_to))),
        tuple(sorted(own, key=lambda each: each.product_id)),
    )


def _rule(row: dict[str, Any]) -> Rule:
    return Rule(
        base_fee=row["fee"],
        free_from=row["free_from"],
        return_fee=row["return_fee"],
        exchange_fee=row["exchange_fee"],
        methods=tuple(DeliveryMethod(word) for word in row["word"].split(",")),
        version=row["version"],
    )
