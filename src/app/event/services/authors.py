"""The masked name of a comment's author."""

from typing import Final

from src.app.user.services.account.public_profile import Person

LEFT: Final = "탈퇴한 회원"


def shown(person: Person | None) -> str:
    """Return the masked login id (``smi****``), or the masked name (``김**``) of a member without one.

    The number of asterisks is fixed, so the length stays hidden. `None` stands for a member who left.
    """
    if person is None:
        return LEFT
    if person.login_id:
        return person.login_id[:3] + "****"
    return person.name[:1] + "**" if person.name else "회원"
