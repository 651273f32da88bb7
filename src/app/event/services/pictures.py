"""Report the pictures in use by events, so that the job that removes unused files keeps them."""

from src.app.event.models import Event


async def pictures_shown(paths: frozenset[str]) -> set[str]:
    """Return those of these paths that an event uses, published or not. One query."""
    return {str(path) for (path,) in await Event.filter(image_path__in=list(paths)).values_list("image_path")}
