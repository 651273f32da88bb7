"""The auth domain's answer to the user domain's `hooks.SignIns`."""

from collections.abc import Sequence

from src.app.auth.services.members import email_claims, notices
from src.app.auth.services.sessions import sessions
from src.app.auth.services.social import links
from src.app.auth.services.verification import reset_tokens, use
from src.app.notification.services.texts.rendering import Language
from src.app.user.dtos.fields import ContactChannel
from src.app.user.dtos.responses import LinkBefore
from src.app.user.services.email_claims import Former
from src.common.identity import Identity


class Keeper:
    """See `hooks.SignIns`."""

    async def epoch_of(self, by: Identity) -> int | None:
        """Raises SessionStoreUnavailable."""
        return await sessions.epoch_of(by)

    async def is_confirmed(self, verification_id: str | None, *, channel: ContactChannel, target: str) -> bool:
        """See `hooks.SignIns`."""
        if verification_id is None:
            return False
        targets = {"email": target} if channel == "email" else {"phone": target}
        return bool(await use.proved_by([verification_id], purpose="change_contact", **targets))

    async def void_tokens(self, user_id: int) -> None:
        """See `hooks.SignIns`."""
        await reset_tokens.void_tokens(user_id)

    async def links_of(self, user_id: int) -> Sequence[LinkBefore]:
        """See `hooks.SignIns`."""
        return [LinkBefore.model_validate(link, from_attributes=True) for link in await links.of_member(user_id)]

    async def count_open(self, user_id: int) -> int:
        """See `hooks.SignIns`."""
        return len(await sessions.list_open("member", user_id))

    async def end_all(self, user_id: int, *, epoch: int) -> None:
        """See `hooks.SignIns`."""
        await sessions.close_all("member", user_id, epoch=epoch)

    async def end_others(self, by: Identity, *, epoch: int) -> None:
        """See `hooks.SignIns`."""
        await sessions.end_sessions(by.member_id or 0, epoch=epoch, keep=by.session_id)

    def tell_changed(self, email: str | None, *, channel: ContactChannel, language: Language) -> None:
        """See `hooks.SignIns`."""
        what = "email" if channel == "email" else "phone"
        notices.tell(email, "contact_changed", language=language, what=what)

    async def settle_claim(self, former: Former, *, language: Language) -> None:
        """See `hooks.SignIns`."""
        await email_claims.settle(former, language=language)
