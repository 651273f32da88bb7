"""Security schemes of an operation, derived from the policy of its route and the tokens that it reads."""

from collections.abc import Sequence
from typing import Any, Final

from src.common.identity import Policy
from src.common.openapi.schemas import Schema

MEMBER: Final = "member"
STAFF: Final = "staff"


def _key(place: str, name: str, description: str) -> Schema:
    return {"type": "apiKey", "in": place, "name": name, "description": description}


def _bearer(description: str) -> Schema:
    return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": description}


SCHEMES: Final[dict[str, Schema]] = {
    MEMBER: _bearer("A member's access token, from `POST /api/v1/auth/sign-in`."),
    STAFF: _bearer("A staff member's access token, from `POST /api/v1/admin/auth/sign-in`."),
    "cartToken": _key("header", "X-Cart-Token", "A guest's cart."),
    "cartCookie": _key("cookie", "cart_token", "The same token, as browsers keep it."),
    "guestToken": _key(
        "header", "X-Guest-Token", "A guest's own order, from `POST /api/v1/orders` or `/orders/lookup`."
    ),
    "refreshCookie": _key("cookie", "refresh_token", "A member's session, set by the sign-in."),
    "staffRefreshCookie": _key("cookie", "staff_refresh", "A staff member's session, set by the sign-in."),
    "oauthState": _key("cookie", "oauth_state", "The browser that began a social sign-in."),
    "webhookSignature": _key("header", "webhook-signature", "PortOne's signature (Standard Webhooks)."),
    "trackingSecret": _key("header", "x-tracking-secret", "A secret of the shop for those who send scans."),
}
# A route that reads one of these requires it; the other tokens are optional.
_NEEDED: Final = {"refreshCookie", "staffRefreshCookie", "oauthState", "webhookSignature", "trackingSecret"}
_BY_PLACE: Final = {(scheme["in"], scheme["name"]): name for name, scheme in SCHEMES.items() if "in" in scheme}


def security(
    policy: Policy | None, parameters: list[dict[str, Any]], shown: Sequence[str] = ()
) -> list[dict[str, list[str]]]:
    """Return the alternative security requirements of an operation; an empty one means no credentials."""
    held = [_BY_PLACE.get((each["in"], each["name"])) for each in parameters]
    tokens = [*shown, *(name for name in held if name is not None)]
    needed = {name: list[str]() for name in tokens if name in _NEEDED}
    others: list[dict[str, list[str]]] = [{name: []} for name in tokens if name not in _NEEDED]
    kind = "guest" if policy is None else policy.kind
    if kind in (MEMBER, STAFF):
        return [{kind: [], **needed}]
    if needed:
        return [needed]
    if kind == "shopper":
        others.insert(0, {MEMBER: []})
    return [{}, *others] if others else []
