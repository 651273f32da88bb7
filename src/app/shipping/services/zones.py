"""Refine a list of surcharges by new ranges: a pure function."""

from collections.abc import Iterable, Sequence

from src.app.shipping.services.fees import Surcharge


def refined(zones: Sequence[Surcharge], changes: Iterable[Surcharge]) -> tuple[Surcharge, ...]:
    """Return the list in which each change counts alone for its zipcodes, the later one where changes overlap.

    Ranges of the list lose those zipcodes and are split where need be. A change with fee 0 only takes zipcodes out.
    Sorted by zipcode.
    """
    kept = list(zones)
    for change in changes:
        kept = [part for zone in kept for part in _outside(zone, change)]
        if change.fee:
            kept.append(change)
    return tuple(sorted(kept, key=lambda zone: (zone.zipcode_from, zone.zipcode_to)))


def _outside(zone: Surcharge, change: Surcharge) -> list[Surcharge]:
    """Return the parts of a range before and after another."""
    if zone.zipcode_to < change.zipcode_from or zone.zipcode_from > change.zipcode_to:
        return [zone]
    parts = []
    if zone.zipcode_from < change.zipcode_from:
        parts.append(_between(zone, zone.zipcode_from, f"{int(change.zipcode_from) - 1:05d}"))
    if zone.zipcode_to > change.zipcode_to:
        parts.append(_between(zone, f"{int(change.zipcode_to) + 1:05d}", zone.zipcode_to))
    return parts


def _between(zone: Surcharge, first: str, last: str) -> Surcharge:
    return Surcharge(zone.name, first, last, zone.fee, zone.area)
