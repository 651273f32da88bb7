"""Which uploaded pictures orders show."""

from src.app.order.models import OrderLine


async def pictures_shown(paths: frozenset[str]) -> set[str]:
    """Those of these pictures that a line of an order has: it shows what was bought, when the product is long gone.
    See `media.references`."""
    found = OrderLine.filter(image_path__in=list(paths)).distinct().values_list("image_path", flat=True)
    return {str(path) for path in await found}
