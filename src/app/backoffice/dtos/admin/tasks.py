"""What may be asked of background tasks."""

from typing import Annotated, Literal

from pydantic import Field

from src.common.dtos.keysets import Keyset
from src.common.dtos.pages import Cursored, PageQuery
from src.common.models.background_task import TaskStatus


class TaskQuery(Cursored, PageQuery):
    """My tasks, or with `whose=all` everybody's (needs `job:read`). The newest first."""

    whose: Literal["mine", "all"] = "mine"
    status: TaskStatus | None = None
    name: Annotated[str | None, Field(max_length=64, examples=["import-products"])] = None

    def keyset(self) -> Keyset:
        """By number, the newest first."""
        return Keyset("tasks")
