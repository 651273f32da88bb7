"""The value that cart and checkout pass around."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """So many of one variant. `place` tells which line of a cart it was, 0 where it was none."""

    variant_id: int
    quantity: int
    place: int = field(default=0, compare=False)
