"""Routes of the user domain."""

from typing import Annotated

from fastapi import Depends, Path, Request, Response

from src.app.notification.services.texts.rendering import Language
from src.app.user.dtos.opt_out import REFUSAL, OptOutToken, RefusedToken
from src.app.user.dtos.requests import AddressChange, AddressNew, ConsentsChange, MeChange, WithdrawalAsk
from src.app.user.dtos.responses import (
    AddressBook,
    AddressRead,
    Consents,
    Export,
    Me,
    MeChanged,
    OptOutRead,
    WithdrawalRead,
)
from src.app.user.errors import (
    AddressBookFull,
    AddressNotFound,
    ConsentRequired,
    ContactNotVerified,
    EmailTaken,
    OptOutLinkInvalid,
    WithdrawalBlocked,
    WithdrawalOver,
)
from src.app.user.routes.admin import admin_router
from src.app.user.services import consents, exporting, withdrawing
from src.app.user.services.account import addresses, profile
from src.app.user.services.marketing import opt_out
from src.common.exceptions import documents
from src.common.exceptions.general import TooManyAttempts
from src.common.handlers.problems import language_of
from src.common.http.routing import new_router
from src.common.identity import Guest, Member, RememberedMember
from src.common.openapi.marks import tells

__all__ = ["admin_router", "router"]

AddressId = Annotated[int, Path(ge=1, le=2**63 - 1, examples=[12])]
ATTACHMENT = 'attachment; filename="micgolf-my-data.json"'


async def _language(request: Request) -> str:
    return language_of(request.scope)


MessageLanguage = Annotated[Language, Depends(_language)]

router = new_router(tags=["shop: my account"])


@router.get("/me", operation_id="readMe")
async def read_me(member: RememberedMember) -> Me:
    """My account."""
    return await profile.read(member)


@router.patch("/me", operation_id="changeMe", responses=documents(EmailTaken, ContactNotVerified))
async def change_me(body: MeChange, member: Member, language: MessageLanguage) -> MeChanged:
    """Change my name, or with a confirmed verification my e-mail address or telephone number.

    A verified contact ends all my other sessions, and the answer lists in `made_before` what was there before.
    """
    return await profile.change(body, by=member, language=language)


@router.get("/me/addresses", operation_id="readAddresses")
async def read_addresses(member: Member) -> AddressBook:
    """My address book, the default first, then the newest."""
    return await addresses.book(member)


@router.post("/me/addresses", operation_id="addAddress", status_code=201, responses=documents(AddressBookFull))
async def add_address(body: AddressNew, member: Member) -> AddressRead:
    """Add an address, 30 at most. The first one becomes the default."""
    return await addresses.add(body, by=member)


@router.patch("/me/addresses/{address_id}", operation_id="changeAddress", responses=documents(AddressNotFound))
async def change_address(address_id: AddressId, body: AddressChange, member: Member) -> AddressRead:
    """Change an address, or make it the default. What is left out stays."""
    return await addresses.change(address_id, body, by=member)


@router.delete(
    "/me/addresses/{address_id}", operation_id="removeAddress", status_code=204, responses=documents(AddressNotFound)
)
async def remove_address(address_id: AddressId, member: Member) -> None:
    """Delete an address. Where it was the default, the newest of the others becomes it."""
    await addresses.remove(address_id, by=member)


@router.get("/me/consents", operation_id="readConsents")
async def read_consents(member: Member) -> Consents:
    """What I agreed to, in which version, and every answer that I gave."""
    return await consents.mine(member)


@router.put("/me/consents", operation_id="decideConsents", responses=documents(ConsentRequired))
async def decide_consents(body: ConsentsChange, member: Member) -> Consents:
    """Agree to the versions in force, or take marketing consents back, which takes effect at once.

    Also the first answers of a member who came through a social login, and those to a new version: what
    `consents_required` of GET /me names. Every answer is kept in the history with its version.

    `terms` and `privacy` end only with the account. Between 21:00 and 08:00 marketing needs `marketing_night` too.
    """
    return await consents.decide(body, by=member)


@router.get("/me/export", operation_id="exportMyData", responses=documents(TooManyAttempts))
@tells(headers=("Content-Disposition",))
async def export_me(member: Member, response: Response) -> Export:
    """Download what the shop holds about me, five times a day at most: profile, addresses, consents with their history,
    withdrawals, linked accounts, devices that are signed in, cart, orders and payments."""
    response.headers["Content-Disposition"] = ATTACHMENT
    return await exporting.export(member)


@router.post("/me/withdrawal", operation_id="askForWithdrawal", responses=documents(WithdrawalBlocked))
async def ask_for_withdrawal(body: WithdrawalAsk, member: Member) -> WithdrawalRead:
    """Leave the shop. Until `withdraw_at` I can sign in and change my mind; then the account is anonymised."""
    return await withdrawing.ask(body, by=member)


@router.delete("/me/withdrawal", operation_id="cancelWithdrawal", status_code=204, responses=documents(WithdrawalOver))
async def cancel_withdrawal(member: Member) -> None:
    """Stay a member, as long as the grace period lasts."""
    await withdrawing.cancel(by=member)


@router.get("/messages/opt-out", operation_id="lookAtOptOut", responses=documents(OptOutLinkInvalid))
async def look_at_opt_out(token: OptOutToken, _: Guest) -> OptOutRead:
    """Whether the advertising that a message's link is about is refused. Looking changes nothing."""
    return await opt_out.look(token)


@router.post(
    "/messages/opt-out",
    operation_id="refuseAdvertising",
    responses=documents(OptOutLinkInvalid),
    openapi_extra={"requestBody": REFUSAL},
)
async def refuse_advertising(token: RefusedToken, _: Guest) -> OptOutRead:
    """Refuse advertising by the link in a message, without signing in. It counts at once; a repeat changes nothing.

    Mail programs send the form of RFC 8058 (`List-Unsubscribe=One-Click`) to the address with the token that the
    message's `List-Unsubscribe` header names; a page sends the token as JSON.
    """
    return await opt_out.refuse(token)
