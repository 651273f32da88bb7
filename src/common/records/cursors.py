"""Positions at which jobs continue after a pause, a failure or a crash."""

from datetime import datetime

from tortoise.exceptions import IntegrityError

from src.common.models.cursor import Cursor


async def place_of(name: str) -> Cursor:
    """Return the position of this name. A new one, not yet stored, has no moment and the position 0."""
    return await Cursor.get_or_none(name=name) or Cursor(name=name)


async def move_to(name: str, *, moment: datetime | None = None, position: int = 0) -> None:
    """Move the position. Of two concurrent calls for one name, one wins."""
    if await Cursor.filter(name=name).update(moment=moment, position=position):
        return
    if await Cursor.filter(name=name).exists():
        return  # already at this position: MySQL counts only rows that changed
    try:
        await Cursor.create(name=name, moment=moment, position=position)
    except IntegrityError:  # a concurrent call created it
        await Cursor.filter(name=name).update(moment=moment, position=position)
