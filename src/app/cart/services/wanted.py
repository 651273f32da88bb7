"""The value that cart and checkout pass around."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """So many of one variant."""

    variant_id: int
    quantity: int
