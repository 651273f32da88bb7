"""Who wrote a comment, as others see it."""

from typing import Final

from src.app.user.services.account.public_profile import Person

LEFT: Final = "탈퇴한 회원"


def shown(person: Person | None) -> str:
    """``smi****`` for a login id, ``김**`` for who has none: how long either is stays hidden."""
    if person is None:
        return LEFT
    if person.login_id:
        return person.login_id[:3] + "****"
    return person.name[:1] + "**" if person.name else "회원"
