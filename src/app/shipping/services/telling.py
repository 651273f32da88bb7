"""Tell the rules to shoppers and to staff."""

from typing import Any

from src.app.shipping.dtos.admin.rules import AdminShippingRead, ProductFeeRead, SurchargeRead
from src.app.shipping.dtos.responses import AreaFeeRead, OwnFeeRead, ShippingFeesRead
from src.app.shipping.errors import ShippingVersionNotFound
from src.app.shipping.models import ShippingRule, SurchargeArea
from src.app.shipping.services.fees import NEVER_FREE, Tariff
from src.app.shipping.services.hooks import product_names
from src.app.shipping.services.queries import load_tariff, load_version


async def fees() -> ShippingFeesRead:
    """Return the rules in force as shoppers see them: base fee, own fees, areas, return and exchange fee, methods."""
    tariff = await load_tariff()
    return ShippingFeesRead(
        **_sums(tariff),
        product_fees=[OwnFeeRead.model_validate(each, from_attributes=True) for each in tariff.product_fees],
        areas=_areas(tariff),
    )


async def fees_json() -> bytes:
    """Return `fees` as JSON."""
    return (await fees()).model_dump_json().encode()


async def rules(version: int | None = None) -> AdminShippingRead:
    """Return a version of the rules for staff, the one in force by default. Raises ShippingVersionNotFound."""
    tariff = await load_tariff() if version is None else await load_version(version)
    if tariff is None:
        raise ShippingVersionNotFound
    row = await ShippingRule.get_or_none(version=tariff.rule.version)
    own = tariff.product_fees
    names = await product_names()([each.product_id for each in own]) if own else {}
    return AdminShippingRead(
        **_sums(tariff),
        product_fees=[
            ProductFeeRead(
                product_id=each.product_id,
                product_code=names.get(each.product_id, (None, None))[0],
                name=names.get(each.product_id, (None, None))[1],
                fee=each.fee,
                per=each.per,
            )
            for each in own
        ],
        surcharges=[SurchargeRead.model_validate(each, from_attributes=True) for each in tariff.surcharges],
        updated_at=row.created_at if row else None,
    )


def _sums(tariff: Tariff) -> dict[str, Any]:
    rule = tariff.rule
    return {
        "base_fee": rule.base_fee,
        "free_from": None if rule.free_from >= NEVER_FREE else rule.free_from,
        "return_fee": rule.return_fee,
        "exchange_fee": rule.exchange_fee,
        "methods": list(rule.methods),
        "version": rule.version,
    }


def _areas(tariff: Tariff) -> list[AreaFeeRead]:
    fees_of = {area: [each.fee for each in tariff.surcharges if each.area == area] for area in SurchargeArea}
    return [AreaFeeRead(area=area, lowest=min(fees), highest=max(fees)) for area, fees in fees_of.items() if fees]
