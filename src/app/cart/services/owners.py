"""Identify the owner of a cart: the member, or a token that only the guest holds.

A client may create the token itself before the first add, so that simultaneous first adds use one cart.
"""

import hashlib
import re
from typing import Annotated, Final

from fastapi import Cookie, Depends, Header, Response

from src.app.cart.dtos.requests import TOKEN_PATTERN
from src.app.cart.services.store import GUEST_SECONDS
from src.common.identity import Identity, Shopper
from src.common.ids import new_token
from src.common.openapi.marks import tells
from src.core.configs import settings

COOKIE = "cart_token"
COOKIE_PATH = "/api/v1"

_OURS = re.compile(TOKEN_PATTERN)
# 22 random characters out of 64 have fewer different ones with a probability of 2 * 10^-9. A token typed by hand has
# fewer, and another guest may type the same.
FEWEST_LETTERS: Final = 10

CartHeader = Annotated[
    str | None,
    Header(
        alias="X-Cart-Token",
        description=(
            "A guest's cart. A client makes the token itself, once, before its first request: 16 bytes of its random "
            "generator in base64url without padding, 22 characters; or takes the one that `GET /cart` or the first "
            "`POST /cart/items` answers with. One without randomness (fewer than 10 different characters) or of another "
            "form counts as not sent. Wins over the cookie."
        ),
        examples=["q83vEjRWeJCrze8SNFZ4kA"],
    ),
]
CartCookie = Annotated[str | None, Cookie(alias=COOKIE, description="The same token as a cookie.")]


async def cart_token_of(x_cart_token: CartHeader = None, cart_token: CartCookie = None) -> str | None:
    """Return the token of the header, else of the cookie. A value that `could_be_token` refuses counts as not sent."""
    return next((token for token in (x_cart_token, cart_token) if could_be_token(token)), None)


def could_be_token(token: str | None) -> bool:
    """Return whether the token has the required form and at least FEWEST_LETTERS different characters."""
    return token is not None and bool(_OURS.fullmatch(token)) and len(set(token)) >= FEWEST_LETTERS


CartToken = Annotated[str | None, Depends(cart_token_of)]
"""The guest's cart token of a request, or None without an acceptable one."""


def owner_of(identity: Identity, cart_token: str | None) -> str | None:
    """Return the owner of the caller's cart: the member, else the token's owner, None for a guest without a token."""
    if identity.member_id is not None:
        return f"m:{identity.member_id}"
    return owner_of_token(cart_token) if cart_token else None


def owner_of_token(token: str) -> str:
    """Return the owner for a guest's token: its SHA-256, from which the token cannot be derived."""
    return f"g:{hashlib.sha256(token.encode()).hexdigest()}"


async def _owner(shopper: Shopper, cart_token: CartToken) -> str | None:
    return owner_of(shopper, cart_token)


CartOwner = Annotated[str | None, Depends(_owner)]
"""`owner_of` the caller. The route must declare `Shopper` itself; without it every caller counts as a guest."""


@tells(headers=("X-Cart-Token", "Set-Cookie"))
async def _read(shopper: Shopper, cart_token: CartToken, response: Response) -> str | None:
    if shopper.member_id is None and cart_token is None:
        _hand(response, _new_token())
        return None
    return owner_of(shopper, cart_token)


ReadCart = Annotated[str | None, Depends(_read)]
"""`owner_of` the caller. A guest without a token is given one, so that simultaneous first adds use one cart. Nothing is
stored."""


@tells(headers=("X-Cart-Token", "Set-Cookie"))
async def _opened(shopper: Shopper, cart_token: CartToken, response: Response) -> str:
    if shopper.member_id is None:
        cart_token = cart_token or _new_token()
        _hand(response, cart_token)
    owner = owner_of(shopper, cart_token)
    assert owner is not None  # noqa: S101 - a member, or a guest who has a token by now
    return owner


OpenedCart = Annotated[str, Depends(_opened)]
"""The owner of the caller's cart, for routes that add to it.

A guest's token, new if none was sent, is returned in the header ``X-Cart-Token`` and the cookie, with a success only.
"""


def _new_token() -> str:
    return next(token for token in iter(new_token, "") if could_be_token(token))


def _hand(response: Response, token: str) -> None:
    """Give the guest the token, by header and by cookie."""
    response.headers["X-Cart-Token"] = token
    response.set_cookie(
        COOKIE,
        token,
        max_age=GUEST_SECONDS,
        path=COOKIE_PATH,
        secure=not settings().is_local,
        httponly=True,
        samesite=settings().security.cookie_samesite,
    )
