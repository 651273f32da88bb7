"""Settings of background work."""

from typing import Literal

from pydantic import Field

from src.core.configs.groups import Group


class JobSettings(Group):
    """Where background work is done: ``inside`` the web processes, or ``apart`` in `python -m src.worker` and
    `python -m src.worker.scheduler`, which find each other through Redis."""

    place: Literal["inside", "apart"] = Field("inside", alias="JOBS")
