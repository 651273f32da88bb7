"""Which pictures events show, for whoever removes those that nothing shows."""

from src.app.event.models import Event


async def pictures_shown(paths: frozenset[str]) -> set[str]:
    """Those of these paths that an event has, published or not. One query."""
    return {str(path) for (path,) in await Event.filter(image_path__in=list(paths)).values_list("image_path")}
