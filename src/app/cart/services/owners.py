"""Whose cart it is: a member's follows the member, a guest's is named by a token that only the guest keeps.

A client may make the token itself before it adds for the first time, so that adds at the same moment meet in one cart.
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
# 22 random letters out of 64 have fewer once in 10^9 times; a token that somebody typed is one that others type too.
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
    """The first of header and cookie that could be a token of ours; anything else counts as not sent."""
    return next((token for token in (x_cart_token, cart_token) if could_be_token(token)), None)


def could_be_token(token: str | None) -> bool:
    """Whether it has the form of our tokens, and looks like one that nobody else has."""
    return token is not None and bool(_OURS.fullmatch(token)) and len(set(token)) >= FEWEST_LETTERS


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
async def _read(shopper: Shopper, cart_token: CartToken, response: Response) -> str | None:
    if shopper.member_id is None and cart_token is None:
        _hand(response, _new_token())
        return None
    return owner_of(shopper, cart_token)


ReadCart = Annotated[str | None, Depends(_read)]
"""`owner_of` the caller. A guest without a token is handed one, so that what is added next at the same moment meets in
one cart; nothing is stored."""


@tells(headers=("X-Cart-Token", "Set-Cookie"))
async def _opened(shopper: Shopper, cart_token: CartToken, response: Response) -> str:
    if shopper.member_id is None:
        cart_token = cart_token or _new_token()
        _hand(response, cart_token)
    owner = owner_of(shopper, cart_token)
    assert owner is not None  # noqa: S101 - a member, or a guest who has a token by now
    return owner


OpenedCart = Annotated[str, Depends(_opened)]
"""The owner of the caller's cart, for routes that put something into it: a guest's token is given back.

A guest without one gets a new one. Header ``X-Cart-Token`` and the cookie say the same, and only a success carries
them.
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
