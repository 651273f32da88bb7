"""Checked settings of a process, or every reason why it may not start."""

import subprocess
from dataclasses import fields
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from src.core.configs import Settings, settings
from src.core.configs.checks import problems

ROOT = Path(__file__).resolve().parents[2]


class Refused(Exception):
    """The settings are invalid. `reasons` names each invalid variable and never its value."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


def checked_settings() -> Settings:
    """Return the settings of this process. Raises Refused with all problems, not only the first."""
    if reasons := unreadable_variables():
        raise Refused(reasons)
    chosen = settings()
    if reasons := problems(chosen):
        raise Refused(reasons)
    return chosen


def unreadable_variables() -> list[str]:
    """Return every unreadable variable of all groups: creating `Settings` stops at the first group."""
    reasons: list[str] = []
    for group in fields(Settings):
        try:
            getattr(group, "default_factory")()  # noqa: B009 - typed as a factory or MISSING; each group has one
        except ValidationError as error:
            reasons += [f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in error.errors()]
    return reasons


def revision_of(chosen: Settings) -> str:
    """Return the commit of the running code: GIT_REVISION if set, else Git's answer in a clone, else ``unknown``."""
    return chosen.server.revision if chosen.server.revision != "unknown" else _commit()


@cache
def _commit() -> str:
    if not (ROOT / ".git").exists():  # in an image, or unpacked inside another repository
        return "unknown"
    command = ("git", "-C", str(ROOT), "rev-parse", "--short=7", "HEAD")
    try:
        asked = subprocess.run(command, capture_output=True, text=True, check=True, timeout=2)  # noqa: S603 - no input
    except (OSError, subprocess.SubprocessError):  # no Git, or a folder whose owner Git does not trust
        return "unknown"
    return asked.stdout.strip()


def why(error: BaseException, chosen: Settings) -> str:
    """Return one line on a database failure, without the password.

    It is the driver's own message: Tortoise wraps it in a line that lists the whole configuration.
    """
    cause = error.__cause__ or error.__context__ or error
    text = str(cause) or repr(cause)
    address = chosen.database.mysql
    return text.replace(address.password, "***") if address and address.password else text
