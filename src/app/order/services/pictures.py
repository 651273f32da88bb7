"""Which uploaded pictures orders show."""

from src.app.order.models import OrderLine, OrderLineArchive


async def pictures_shown(paths: frozenset[str]) -> set[str]:
    """Those of these pictures that a line of an order has, live or archived: it shows what was bought, when the product
    is long gone. See `media.references`."""
    shown: set[str] = set()
    for table in (OrderLine, OrderLineArchive):
        found = table.filter(image_path__in=list(paths)).distinct().values_list("image_path", flat=True)
        shown.update(str(path) for path in await found)
    return shown
