"""Reads of the fee rules."""

from typing import Final

from src.app.shipping.services.fees import DEFAULT_RULE, DEFAULT_SURCHARGES, Rule, Surcharge, Tariff
from src.core.database.statements import fetch

# Both tables are read in one round trip: every quote needs them, and every order before its transaction.
TARIFF: Final = """
SELECT 'rule' AS kind, base_fee AS fee, free_from, '' AS name, '' AS zipcode_from, '' AS zipcode_to
FROM (SELECT base_fee, free_from FROM shipping_rule ORDER BY created_at DESC, id DESC LIMIT 1) AS newest
UNION ALL
SELECT 'surcharge', fee, 0, name, zipcode_from, zipcode_to FROM shipping_surcharge
"""


async def load_tariff() -> Tariff:
    """Load the rules in force by one statement: the newest rule row and every surcharge row.

    A shop without any row of either kind uses the defaults. Once there is a row, only rows count: a shop without
    surcharge rows has no surcharges; only a missing rule is replaced by the default.
    """
    rows = await fetch(TARIFF, is_fixed=True)
    if not rows:
        return Tariff(DEFAULT_RULE, DEFAULT_SURCHARGES)
    rules = [Rule(base_fee=row["fee"], free_from=row["free_from"]) for row in rows if row["kind"] == "rule"]
    return Tariff(
        rules[0] if rules else DEFAULT_RULE,
        tuple(
            Surcharge(row["name"], row["zipcode_from"], row["zipcode_to"], row["fee"])
            for row in rows
            if row["kind"] == "surcharge"
        ),
    )
