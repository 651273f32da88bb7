"""Settings that a process may start with, or every reason why it may not."""

from dataclasses import fields

from pydantic import ValidationError

from src.core.configs import Settings, settings
from src.core.configs.checks import problems


class Refused(Exception):
    """`reasons` names each variable that is wrong. No value of one is in it."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


def checked_settings() -> Settings:
    """The settings of this process. Raises Refused with all that is wrong, not only with the first."""
    if reasons := unreadable_variables():
        raise Refused(reasons)
    chosen = settings()
    if reasons := problems(chosen):
        raise Refused(reasons)
    return chosen


def unreadable_variables() -> list[str]:
    """Every variable that cannot be read, of all groups: building `Settings` stops at the first group."""
    reasons: list[str] = []
    for group in fields(Settings):
        try:
            getattr(group, "default_factory")()  # noqa: B009 - typed as a factory or MISSING; each group has one
        except ValidationError as error:
            reasons += [f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in error.errors()]
    return reasons


def why(error: BaseException, chosen: Settings) -> str:
    """One line on what went wrong with the database, without its password.

    The driver's own words: Tortoise wraps them in a line that lists the whole configuration.
    """
    cause = error.__cause__ or error.__context__ or error
    text = str(cause) or repr(cause)
    address = chosen.database.mysql
    return text.replace(address.password, "***") if address and address.password else text
