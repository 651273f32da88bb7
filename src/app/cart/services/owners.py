"""Whose cart it is: a member's follows the member, a guest's is named by a token that only the guest keeps."""

import hashlib
import re
from typing import Annotated

from fastapi import Cookie, Depends, Header, Response

from src.app.cart.dtos.requests import TOKEN_PATTERN
from src.app.cart.services.store import GUEST_SECONDS
from src.common.openapi.marks import tells
from src.common.utils.identity import Identity, Shopper
from src.common.utils.ids import new_token
from src.core.configs import settings

COOKIE = "cart_token"
COOKIE_PATH = "/api/v1"

_OURS = re.compile(TOKEN_PATTERN)


CartHeader = Annotated[
    str | None,
    Header(
        alias="X-Cart-Token",
        description="A guest's cart, as the first `POST /cart/items` gave it. Wins over the cookie.",
    ),
]
CartCookie = Annotated[str | None, Cookie(alias=COOKIE, description="The same token as a cookie.")]


async def cart_token_of(x_cart_token: CartHeader = None, cart_token: CartCookie = None) -> str | None:
    """The first of header and cookie that has the form of our tokens; anything else counts as not sent."""
    return next((token for token in (x_cart_token, cart_token) if token and _OURS.fullmatch(token)), None)


CartToken = Annotated[str | None, Depends(cart_token_of)]
"""The guest's cart token of a request, None where there is none that could be ours."""


def owner_of(identity: Identity, cart_token: str | None) -> str | None:
    """The owner of the caller's cart: the member, else the token's, None for a guest who has no cart yet."""
    if identity.member_id is not None:
        return f"m:{identity.member_id}"
    return owner_of_token(cart_token) if cart_token else None


def owner_of_token(token: str) -> str:
    """The owner that stands for a guest's token. The token cannot be read from it."""
    return f"g:{hashlib.sha256(token.encode()).hexdigest()}"


async def _owner(shopper: Shopper, cart_token: CartToken) -> str | None:
    return owner_of(shopper, cart_token)


CartOwner = Annotated[str | None, Depends(_owner)]
"""`owner_of` the caller. The route declares its policy itself: without `Shopper` everybody counts as a guest."""


@tells(headers=("X-Cart-Token", "Set-Cookie"))
async def _opened(shopper: Shopper, cart_token: CartToken, response: Response) -> str:
    if shopper.member_id is None:
        cart_token = cart_token or new_token()
        response.headers["X-Cart-Token"] = cart_token
        response.set_cookie(
            COOKIE,
            cart_token,
            max_age=GUEST_SECONDS,
            path=COOKIE_PATH,
            secure=not settings().is_local,
            httponly=True,
            samesite=settings().security.cookie_samesite,
        )
    owner = owner_of(shopper, cart_token)
    assert owner is not None  # noqa: S101 - a member, or a guest who has a token by now
    return owner


OpenedCart = Annotated[str, Depends(_opened)]
"""The owner of the caller's cart, for routes that put something into it: a guest's token is given back.

A guest without one gets a new one. Header ``X-Cart-Token`` and the cookie say the same, and only a success carries
them.
"""
