"""The payment window that PortOne's browser SDK opens, as an HTML page (docs/vendors/portone.md#the-browser)."""

from functools import partial
from typing import Final, TypeVar

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from src.sandbox.pages import FRAMED, page
from src.sandbox.portone import faults
from src.sandbox.portone.browser.sdk import Sdk
from src.sandbox.portone.browser.window_forms import (
    Click,
    Ending,
    WindowQuery,
    address_of,
    agent_of,
    checkout_of,
    http_address,
    read_form,
    return_address,
    valid_payment_id,
)
from src.sandbox.portone.errors import PortOneError
from src.sandbox.portone.payment import actions, payments
from src.sandbox.portone.payment.actions import CLOSED, DECLINED, Action, Command
from src.sandbox.portone.payment.model import Failure, Payment, PayMethod, Status
from src.sandbox.portone.payment.payments import Record
from src.sandbox.portone.service import Service
from src.sandbox.portone.webhook.events import WebhookMode
from src.sandbox.web import RefusalError, first_problem, read_body

Q = TypeVar("Q", bound=WindowQuery)

FAULT_CHOICES: Final = (
    ("get", "error_500"),
    ("get", "timeout_before"),
    ("get", "garbage"),
    ("get", "other_store"),
    ("get", "other_currency"),
    ("get", "other_amount"),
    ("get", "live_channel"),
    ("cancel", "pg_error_502"),
    ("cancel", "timeout_after"),
    ("cancel", "cancel_requested"),
    ("cancel", "cancel_failed"),
)
"""Faults that can be set for one use for this payment, by (operation, kind)."""


class Window:
    """GET shows the page and opens the attempt; POST handles a click on a button."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def routes(self, prefix: str) -> list[BaseRoute]:
        """Return the routes of the SDK, the window, and the receipt to which a paid payment links."""
        return [
            *Sdk(self._service, self.checked).routes(prefix),
            Route(f"{prefix}/window", self.show, methods=["GET"]),
            Route(f"{prefix}/window", self.click, methods=["POST"]),
            Route(prefix + "/receipts/{payment_id:path}", self.receipt, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """Open the window: the payment becomes READY and Transaction.Ready is queued, unless the payment is final or
        waits for a deposit."""
        try:
            query = self.checked(WindowQuery, list(request.query_params.multi_items()))
            checkout = checkout_of(query, agent_of(request), address_of(request))
            work = partial(actions.open_window, config=self._service.config, checkout=checkout)
            record = await self._service.store.write(work)
        except RefusalError as refusal:
            return _notice(request, refusal, dict(request.query_params))
        self._service.courier.wake()
        return self._page(request, query, record)

    async def click(self, request: Request) -> Response:
        """Perform the action of a button, then redirect (303) to `redirectUrl`, or show the page `finished`."""
        raw = await read_body(request)
        fields: list[tuple[str, str]] = []
        try:
            fields = read_form(raw)
            click = self.checked(Click, fields)
            if click.fault:
                await self._service.store.write(partial(faults.put_in, faults=[_fault(click)]))
            ending = await self._end(request, click)
        except RefusalError as refusal:
            return _notice(request, refusal, dict(fields))
        except PortOneError as error:
            return _notice(request, RefusalError(error.status, error.type, error.message), dict(fields))
        if click.redirect_url is not None:
            return RedirectResponse(return_address(click.redirect_url, click.payment_id, ending), status_code=303)
        record = await self._service.store.read(partial(payments.load, payment_id=click.payment_id))
        return self._page(request, click, record, ending=ending, name="finished")

    async def receipt(self, request: Request) -> Response:
        """Show the page to which `receiptUrl` links."""
        payment_id = request.path_params["payment_id"]
        record = await self._service.store.read(partial(payments.load, payment_id=payment_id))
        if record.payment is None or record.payment.paid_at is None:
            return _notice(
                request, RefusalError(404, "PAYMENT_NOT_FOUND", "영수증이 없습니다. / There is no receipt."), {}
            )
        return page("receipt", root=request.scope["root_path"], payment=record.payment)

    def checked(self, model: type[Q], fields: list[tuple[str, str]]) -> Q:
        """Return the fields as `model`. Raises RefusalError with the SDK's code."""
        # An empty parameter counts as absent: a form sends its empty fields too.
        values = {name: text for name, text in fields if text}
        try:
            query = model.model_validate(values)
        except ValidationError as error:
            raise RefusalError(400, "BadRequest", first_problem(error)) from error
        if query.store_id != self._service.config.store_id:
            raise RefusalError(404, "StoreNotFound", "storeId: is not the store of this sandbox")
        if not self._service.config.knows_channel(query.channel_key):
            raise RefusalError(404, "ChannelNotFound", "channelKey: is not a channel of this sandbox")
        if query.tax_free_amount > query.total_amount:
            raise RefusalError(400, "BadRequest", "taxFreeAmount: must not be above totalAmount")
        return query

    async def _end(self, request: Request, click: Click) -> Ending:
        if click.do == "close":
            return Ending("PGProviderError", CLOSED)
        is_manual = click.do == "pay" and click.channel_key == self._service.config.manual_channel_key
        await self._service.perform(
            Command(
                payment_id=click.payment_id,
                action=Action.AUTHORIZE if is_manual else Action(click.do),
                amount=None if click.do == "deposit" else click.total_amount,
                webhook=click.webhook,
                valid_hours=click.valid_hours,
                checkout=checkout_of(click, agent_of(request), address_of(request)),
            )
        )
        if is_manual:
            record = await self._service.store.read(partial(payments.load, payment_id=click.payment_id))
            return Ending(payment_token=record.payment_token)
        return Ending("PGProviderError", DECLINED) if click.do == "fail" else Ending()

    def _page(
        self,
        request: Request,
        query: WindowQuery,
        record: Record,
        *,
        ending: Ending | None = None,
        name: str = "window",
    ) -> Response:
        payment = record.payment
        hidden = query.model_dump(by_alias=True, exclude_none=True, include=set(WindowQuery.model_fields), mode="json")
        return page(
            name,
            root=request.scope["root_path"],
            policy=FRAMED,
            query=query,
            payment=payment,
            ending=ending,
            hidden=hidden,
            buttons=_buttons(query, payment),
            modes=list(WebhookMode),
            faults=FAULT_CHOICES,
            back=_back(query, payment),
        )


def _fault(click: Click) -> faults.Fault:
    operation, _, kind = click.fault.partition(":")
    if (operation, kind) not in FAULT_CHOICES:
        raise RefusalError(400, "BadRequest", "fault: is not one of the list")
    return faults.Fault.model_validate({"operation": operation, "kind": kind, "payment_id": click.payment_id})


def _buttons(query: WindowQuery, payment: Payment | None) -> list[str]:
    """Return the buttons that apply to the present status."""
    if payment is None or payment.status in (Status.READY, Status.PAY_PENDING, Status.FAILED):
        first = "issue_virtual_account" if query.pay_method is PayMethod.VIRTUAL_ACCOUNT else "pay"
        return [first, "fail", "close"]
    return ["deposit", "close"] if payment.status is Status.VIRTUAL_ACCOUNT_ISSUED else []


def _back(query: WindowQuery, payment: Payment | None) -> str | None:
    """Return the shop's address with the error PaymentAlreadyPaid if the payment is settled; None otherwise, and if
    there is no `redirectUrl`."""
    if query.redirect_url is None or payment is None or payment.status not in payments.SETTLED:
        return None
    done = Failure(reason="이미 완료된 결제입니다.", pg_code="ALREADY_PAID", pg_message="이미 완료된 결제입니다.")
    return return_address(query.redirect_url, query.payment_id, Ending("PaymentAlreadyPaid", done))


def _notice(request: Request, refusal: RefusalError, fields: dict[str, str]) -> Response:
    """Show why the window does not open, where the SDK would throw. The page links back to the shop if `redirectUrl`
    and `paymentId` are valid."""
    back = None
    try:
        url, payment_id = http_address(fields.get("redirectUrl", "")), valid_payment_id(fields.get("paymentId", ""))
        told = Failure(reason=refusal.detail, pg_code=refusal.code, pg_message=refusal.detail)
        back = return_address(url, payment_id, Ending(refusal.code, told))
    except ValueError:
        back = None
    root = request.scope["root_path"]
    status, code, detail = refusal.status, refusal.code, refusal.detail
    return page("notice", root=root, status=status, policy=FRAMED, code=code, detail=detail, back=back)
