"""Routes on which Kakao and Naver report that a person disconnected the shop."""

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Header, Request

from src.app.auth.errors import DisconnectRefused, OAuthProviderNotFound
from src.app.auth.services.social.disconnecting import kakao, naver
from src.common.exceptions import documents
from src.common.http.routing import OpenQueryRoute, new_router
from src.common.identity import Guest

ERRORS = documents(OAuthProviderNotFound, DisconnectRefused)
MAX_FIELDS = 50

KakaoKey = Annotated[str, Header(alias="Authorization", include_in_schema=False)]

router = new_router(tags=["shop: social sign-in"], route_class=OpenQueryRoute)


@router.get("/oauth/kakao/disconnect", operation_id="receiveKakaoDisconnect", responses=ERRORS)
async def receive_kakao_disconnect(request: Request, _: Guest, authorization: KakaoKey = "") -> None:
    """Kakao's 연결 해제 알림 by GET: `app_id`, `user_id`, `referrer_type`, with ``Authorization: KakaoAK <admin key>``.
    Register this address in Kakao's console.

    The link and what Kakao told go; a repeat is no failure.
    """
    await kakao.receive(await _fields(request), authorization=authorization)


@router.post("/oauth/kakao/disconnect", operation_id="receiveKakaoDisconnectForm", responses=ERRORS)
async def receive_kakao_disconnect_form(request: Request, _: Guest, authorization: KakaoKey = "") -> None:
    """As by GET, with the fields in a form."""
    await kakao.receive(await _fields(request), authorization=authorization)


@router.post("/oauth/naver/disconnect", operation_id="receiveNaverDisconnect", status_code=204, responses=ERRORS)
async def receive_naver_disconnect(request: Request, _: Guest) -> None:
    """Naver's 연결 끊기 알림: a form of `clientId`, `encryptUniqueId`, `timestamp`, `signature`. Register this address in
    Naver's console.

    The link and what Naver told go; a repeat, and a message older than the link, is no failure.
    """
    await naver.receive(await _fields(request))


async def _fields(request: Request) -> dict[str, str]:
    """Return the fields of query and form; the form wins. A body that is no form has no fields.

    Missing fields are no error here: the check of the key or signature refuses the request.
    """
    raw = await request.body()
    try:
        form = parse_qsl(raw.decode("ascii"), keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="replace")
    except ValueError:
        form = []
    return {**dict(request.query_params), **dict(form)}
