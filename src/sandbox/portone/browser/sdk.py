"""A drop-in for PortOne's browser SDK (docs/vendors/portone.md#the-browser): the script, its requests, and the page at
which its window ends.

The script opens the payment window in a frame above the shop's page, or redirects the whole page to it if the shop
requests a redirect. A frame ends at `/return`, which sends the result to the page that opened the frame.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from src.sandbox.pages import FRAMED, page
from src.sandbox.portone.browser.company_rules import check_rules
from src.sandbox.portone.browser.window_forms import WindowQuery, address_of, agent_of, checkout_of
from src.sandbox.portone.payment import actions, payments
from src.sandbox.portone.payment.payments import Record
from src.sandbox.portone.service import Service
from src.sandbox.web import Answer, RefusalError, as_json, read_body

HERE: Final = Path(__file__).parent
FAILED: Final = ("code", "message", "pgCode", "pgMessage")
CALLABLE: Final = {"access-control-allow-origin": "*"}
"""CORS header: the shop's page is on another origin. No endpoint here uses cookies."""
Check = Callable[[type[WindowQuery], list[tuple[str, str]]], WindowQuery]


class Sdk:
    """The endpoints behind `window.PortOne`."""

    def __init__(self, service: Service, check: Check) -> None:
        self._service = service
        self._check = check

    def routes(self, prefix: str) -> list[BaseRoute]:
        """Return the routes. The script is also served at its path on cdn.portone.io, `/v2/browser-sdk.js`."""
        return [
            Route(f"{prefix}/browser-sdk.js", self.script, methods=["GET"]),
            Route(f"{prefix}/v2/browser-sdk.js", self.script, methods=["GET"]),
            Route(f"{prefix}/sdk/requests", self.prepare, methods=["POST"]),
            Route(f"{prefix}/return", self.came_back, methods=["GET"]),
            Route(f"{prefix}/return.js", self.return_script, methods=["GET"]),
        ]

    async def script(self, request: Request) -> Response:
        """Serve the script of `window.PortOne`. It calls the sandbox at the address from which it was loaded."""
        base = f"{request.url.scheme}://{request.url.netloc}{request.scope['root_path']}/portone"
        text = (HERE / "browser-sdk.js").read_text().replace('"@BASE@"', orjson.dumps(base).decode())
        return _javascript(text)

    async def return_script(self, _request: Request) -> Response:
        """Serve the script that sends the result to the page that opened the frame."""
        return _javascript((HERE / "return.js").read_text())

    async def prepare(self, request: Request) -> Response:
        """`requestPayment`'s parameters -> `{window}`, the query of the window; or `{code, message}`, which the SDK
        throws.

        The body is read as JSON whatever its content type: the script sends text, which needs no CORS preflight.
        """
        raw = await read_body(request)
        try:
            asked = _asked(raw)
            query = self._check(WindowQuery, _fields(asked))
            check_rules(asked, query)
            checkout = checkout_of(query, agent_of(request), address_of(request))
            record = await self._service.store.read(partial(payments.load, payment_id=query.payment_id))
            _check_unpaid(record)
            actions.check_registered(record, checkout)
        except RefusalError as refusal:
            return _answer(as_json({"code": refusal.code, "message": refusal.detail}, refusal.status))
        told = query.model_dump(by_alias=True, exclude_none=True, mode="json", exclude={"redirect_url"})
        return _answer(as_json({"window": urlencode(told, quote_via=quote)}))

    async def came_back(self, request: Request) -> Response:
        """Page at which the frame ends: it sends the result and the attempt's id to the page that opened the frame."""
        query = request.query_params
        payment_id = query.get("paymentId", "")
        record = await self._service.store.read(partial(payments.load, payment_id=payment_id))
        result = {"transactionType": "PAYMENT", "paymentId": payment_id}
        if record.payment is not None:
            result["txId"] = record.payment.transaction_id
        result |= {name: query[name] for name in (*FAILED, "paymentToken") if name in query}
        root = request.scope["root_path"]
        policy = f"; script-src 'self'{FRAMED}"
        origin, told = query.get("origin", "*"), orjson.dumps(result).decode()
        return page("portone_return", root=root, policy=policy, result=told, origin=origin)


def _check_unpaid(record: Record) -> None:
    if record.payment is not None and record.payment.paid_at is not None:
        raise RefusalError(409, "PaymentAlreadyPaid", "이미 완료된 결제입니다.")


def _asked(raw: bytes) -> dict[str, Any]:
    """Return the parameters of `requestPayment`."""
    try:
        asked = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise RefusalError(400, "BadRequest", "The parameters are not JSON.") from error
    if not isinstance(asked, dict):
        raise RefusalError(400, "BadRequest", "The parameters must be an object.")
    return asked


def _fields(asked: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the parameters of `requestPayment` as fields of the window's query."""
    customer, account = _part(asked, "customer"), _part(_part(asked, "virtualAccount"), "accountExpiry")
    flat = {name: value for name, value in asked.items() if name not in ("customer", "customData")}
    flat |= {
        "customerId": customer.get("customerId"),
        "customerName": customer.get("fullName") or _full_name(customer),
        "customerEmail": customer.get("email"),
        "customerPhone": customer.get("phoneNumber"),
        "validHours": account.get("validHours"),
        "easyPayProvider": _part(asked, "easyPay").get("easyPayProvider"),
        "isEscrow": "true" if asked.get("isEscrow") is True else None,
        "customData": None if asked.get("customData") is None else orjson.dumps(asked["customData"]).decode(),
    }
    return [(name, _text(name, value)) for name, value in flat.items() if isinstance(value, str | int | float)]


def _part(asked: dict[str, Any], name: str) -> dict[str, Any]:
    part = asked.get(name)
    return part if isinstance(part, dict) else {}


def _full_name(customer: dict[str, Any]) -> str | None:
    names = [name for name in (customer.get("lastName"), customer.get("firstName")) if isinstance(name, str)]
    return "".join(names) or None


def _text(name: str, value: str | float) -> str:
    if name in ("totalAmount", "taxFreeAmount", "validHours") and type(value) is not int:
        raise RefusalError(400, "BadRequest", f"{name}: must be a whole number")
    return str(value)


def _javascript(text: str) -> Response:
    return Response(text, media_type="text/javascript", headers={"cache-control": "no-cache", **CALLABLE})


def _answer(answer: Answer) -> Response:
    response = answer.response()
    response.headers.update(CALLABLE)
    return response
