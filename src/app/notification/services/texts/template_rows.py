"""The rows of templates that staff changed."""

from typing import Any, Final

from src.app.notification.models import MessageTemplate
from src.common import clock

FIRST: Final = 1  # the version of a template that nobody has changed


async def every() -> dict[str, MessageTemplate]:
    """All of them, by name. One query."""
    return {row.name: row for row in await MessageTemplate.all()}


async def lock(name: str) -> MessageTemplate | None:
    """The row, locked within the caller's transaction; None where the template was never changed."""
    return await MessageTemplate.filter(name=name).select_for_update().first()


async def store(name: str, row: MessageTemplate | None, *, texts: dict[str, Any], off: list[str]) -> MessageTemplate:
    """Write the next version. Raises IntegrityError for the second of two who are both the first."""
    now = clock.now()
    if row is None:
        return await MessageTemplate.create(name=name, texts=texts, off=off, version=FIRST + 1, updated_at=now)
    row.texts, row.off, row.version, row.updated_at = texts, off, row.version + 1, now
    await row.save(update_fields=["texts", "off", "version", "updated_at"])
    return row
