"""Where a job stopped, so that it goes on there after a pause, a failure or a crash."""

from datetime import datetime

from tortoise.exceptions import IntegrityError

from src.common.models.cursor import Cursor


async def place_of(name: str) -> Cursor:
    """The place of this name; one that was never moved has no moment and the position 0."""
    return await Cursor.get_or_none(name=name) or Cursor(name=name)


async def move_to(name: str, *, moment: datetime | None = None, position: int = 0) -> None:
    """Go on from here. Two jobs that write one place at a time leave one of the two there."""
    if await Cursor.filter(name=name).update(moment=moment, position=position):
        return
    if await Cursor.filter(name=name).exists():
        return  # it stands there already: MySQL counts rows that changed
    try:
        await Cursor.create(name=name, moment=moment, position=position)
    except IntegrityError:  # by the same call at the same time
        await Cursor.filter(name=name).update(moment=moment, position=position)
