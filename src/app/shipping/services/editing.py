"""Staff change the rules. Each change is a new version with its audit row, in one transaction; equal rules write none.

The newest version's row is locked, so two edits of one version cannot both be saved. There is always a row to lock: the
first edit stores the defaults of the code.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

from tortoise.exceptions import IntegrityError

from src.app.shipping.dtos.admin.rules import MAX_SURCHARGES, AdminShippingRead, ShippingWrite
from src.app.shipping.errors import FeeProductsUnknown, TooManySurcharges
from src.app.shipping.models import ShippingProductFee, ShippingRule, ShippingSurcharge
from src.app.shipping.services.fees import DEFAULT, NEVER_FREE, ProductFee, Rule, Surcharge, Tariff
from src.app.shipping.services.hooks import product_names
from src.app.shipping.services.queries import load_tariff
from src.app.shipping.services.telling import rules
from src.common import clock
from src.common.http.etags import refuse_stale
from src.common.http.public_invalidation import shown_changed
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work
from src.core.database.statements import insert, insert_all, new_row

SCALARS: Final = ("base_fee", "free_from", "return_fee", "exchange_fee", "methods")


async def set_rules(body: ShippingWrite, *, version: int, by: Actor) -> AdminShippingRead:
    """Set the rules as a whole; without `surcharges` their list stays. Raises StaleEdit and FeeProductsUnknown."""

    async def write() -> None:
        present = await present_rules()
        refuse_stale(present.rule.version, version)
        wanted = _wanted(body, present)
        await _refuse_unknown([each.product_id for each in wanted.product_fees], present)
        await save(wanted, present=present, by=by)

    await ensure_first()
    await unit_of_work(write)
    return await rules()


async def present_rules() -> Tariff:
    """Lock the newest version and return the rules in force. Call it inside a unit of work."""
    await ShippingRule.all().order_by("-version", "-id").limit(1).select_for_update()
    return await load_tariff()


async def ensure_first() -> None:
    """Store the defaults as version 1 in a shop without rules, in a transaction of its own. Safe in two at once."""
    if await ShippingRule.exists():
        return

    async def write() -> None:
        await ShippingRule.create(id=1, **_row(DEFAULT.rule), version=DEFAULT.rule.version)
        await _insert_lists(DEFAULT, DEFAULT.rule.version)

    with suppress(IntegrityError):  # another edit stored them at the same moment
        await unit_of_work(write)


async def save(wanted: Tariff, *, present: Tariff, by: Actor) -> None:
    """Write the rules as the next version with an audit row, unless they are those in force. Raises TooManySurcharges.

    The audit row has the sums; lists are told by their size, since both versions stay readable.
    """
    if len(wanted.surcharges) > MAX_SURCHARGES:
        raise TooManySurcharges(limit=MAX_SURCHARGES)
    if _ordered(wanted) == _ordered(present):
        return
    version = present.rule.version + 1
    await insert(new_row(ShippingRule, **_row(wanted.rule), version=version))
    await _insert_lists(wanted, version)
    before, after = audit.changed(_told(present), _told(wanted))
    await audit.record(
        "shipping.changed",
        by=by,
        target=("shipping_rule", version),
        before={**before, "version": version - 1},
        after={**after, "version": version},
    )
    shown_changed("shipping")


def _wanted(body: ShippingWrite, present: Tariff) -> Tariff:
    rule = Rule(
        base_fee=body.base_fee,
        free_from=NEVER_FREE if body.free_from is None else body.free_from,
        return_fee=body.return_fee,
        exchange_fee=body.exchange_fee,
        methods=tuple(body.methods),
        version=present.rule.version,
    )
    own = tuple(ProductFee(each.product_id, each.fee, each.per) for each in body.product_fees)
    if body.surcharges is None:
        return Tariff(rule, present.surcharges, own)
    zones = (Surcharge(each.name, each.zipcode_from, each.zipcode_to, each.fee, each.area) for each in body.surcharges)
    return Tariff(rule, tuple(zones), own)


async def _refuse_unknown(product_ids: Sequence[int], present: Tariff) -> None:
    """Raise FeeProductsUnknown for new entries of unknown products. Entries whose product is gone may stay."""
    new = sorted(set(product_ids) - {each.product_id for each in present.product_fees})
    known = await product_names()(new) if new else {}
    if unknown := [product_id for product_id in new if product_id not in known]:
        raise FeeProductsUnknown(product_ids=unknown)


def _row(rule: Rule) -> dict[str, Any]:
    sums = {name: getattr(rule, name) for name in SCALARS}
    return {**sums, "methods": ",".join(rule.methods), "created_at": clock.now()}


async def _insert_lists(wanted: Tariff, version: int) -> None:
    zones = [
        new_row(
            ShippingSurcharge,
            version=version,
            area=each.area,
            name=each.name,
            zipcode_from=each.zipcode_from,
            zipcode_to=each.zipcode_to,
            fee=each.fee,
        )
        for each in wanted.surcharges
    ]
    own = [
        new_row(ShippingProductFee, version=version, product_id=each.product_id, fee=each.fee, per=each.per)
        for each in wanted.product_fees
    ]
    for rows in (zones, own):
        for start in range(0, len(rows), 500):
            await insert_all(rows[start : start + 500])


def _ordered(tariff: Tariff) -> tuple[Any, ...]:
    rule, zones, own = tariff.rule, tariff.surcharges, tariff.product_fees
    return (
        tuple(getattr(rule, name) for name in SCALARS),
        sorted(zones, key=lambda each: (each.zipcode_from, each.zipcode_to, each.name, each.fee)),
        sorted(own, key=lambda each: each.product_id),
    )


def _told(tariff: Tariff) -> dict[str, Any]:
    sums = {name: getattr(tariff.rule, name) for name in SCALARS}
    return {
        **sums,
        "methods": list(tariff.rule.methods),
        "product_fees": len(tariff.product_fees),
        "surcharges": len(tariff.surcharges),
    }
