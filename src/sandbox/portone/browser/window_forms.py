"""Input of the payment window, and the address to which it returns (docs/vendors/portone.md#the-browser)."""

from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel
from starlette.requests import Request

from src.sandbox.portone.payment.methods import DEFAULT_VALID_HOURS, MAX_VALID_HOURS
from src.sandbox.portone.payment.model import Customer, Failure, Origin, PayMethod
from src.sandbox.portone.payment.payments import Checkout
from src.sandbox.portone.webhook.events import WebhookMode
from src.sandbox.web import MAX_MONEY, RefusalError, is_id


def valid_payment_id(text: str) -> str:
    """Return `text` if it can be a payment id. Raises ValueError otherwise."""
    if not is_id(text):
        raise ValueError("must be 1 to 64 printable characters")
    return text


def http_address(url: str) -> str:
    """Return `url` if it is an http or https address. Raises ValueError otherwise."""
    parts = urlsplit(url)
    # `parts.port` raises ValueError for an invalid port.
    place = parts.hostname if parts.port is None or parts.port else None
    if parts.scheme not in ("http", "https") or not place or not url.isprintable() or "\\" in url:
        raise ValueError("must be an http or https address")
    return url


def _number(text: str) -> int:
    # Digits only: int() also takes blanks, signs, underscores and digits of other scripts.
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MAX_MONEY))):
        raise ValueError("must be a whole number")
    return int(text)


Line = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Number = Annotated[int, BeforeValidator(_number), Field(ge=0, le=MAX_MONEY)]


class WindowQuery(BaseModel):
    """The parameters of `requestPayment` that the page uses. The SDK has many others; they are ignored."""

    model_config = ConfigDict(alias_generator=to_camel, extra="ignore")

    store_id: Line
    payment_id: Annotated[str, AfterValidator(valid_payment_id)]
    channel_key: Annotated[Line, Field(min_length=1)]
    order_name: Annotated[Line, Field(min_length=1)]
    total_amount: Number
    currency: Annotated[str, Field(pattern=r"^(CURRENCY_)?[A-Z]{3}$")] = "KRW"
    pay_method: PayMethod
    tax_free_amount: Number = 0
    easy_pay_provider: Line | None = None
    is_escrow: Literal["true", "false"] = "false"
    redirect_url: Annotated[str, Field(max_length=2000), AfterValidator(http_address)] | None = None
    customer_id: Line | None = None
    customer_name: Line | None = None
    customer_email: Line | None = None
    customer_phone: Line | None = None
    custom_data: Annotated[str, Field(max_length=4000, pattern=r"^[^\x00]*$")] | None = None
    valid_hours: Annotated[int, BeforeValidator(_number), Field(ge=1, le=MAX_VALID_HOURS)] = DEFAULT_VALID_HOURS


class Click(WindowQuery):
    """The form of the buttons: the query again, and the chosen action, webhook mode and fault."""

    do: Annotated[str, Field(pattern=r"^(pay|fail|close|issue_virtual_account|deposit)$")]
    webhook: WebhookMode = WebhookMode.SEND
    fault: Annotated[str, Field(pattern=r"^([a-z]+:[a-z0-9_]+)?$")] = ""


@dataclass(frozen=True)
class Ending:
    """Result of the window. `failure` is None for success. `payment_token` is set if the shop must confirm the payment
    (manual approval)."""

    code: str | None = None
    failure: Failure | None = None
    payment_token: str | None = None


def read_form(raw: bytes) -> list[tuple[str, str]]:
    """Return the fields of a urlencoded form. Raises RefusalError 400 if it is not one."""
    try:
        return parse_qsl(raw.decode("ascii"), keep_blank_values=True, max_num_fields=100, errors="strict")
    except ValueError as error:
        raise RefusalError(400, "BadRequest", "The form cannot be read.") from error


def agent_of(request: Request) -> str:
    """Return the browser's User-Agent."""
    return request.headers.get("user-agent", "")


def address_of(request: Request) -> str:
    """Return the browser's network address."""
    return request.client.host if request.client else "127.0.0.1"


def checkout_of(query: WindowQuery, agent: str, address: str) -> Checkout:
    """Return the browser's payment request."""
    return Checkout(
        payment_id=query.payment_id,
        order_name=query.order_name,
        total=query.total_amount,
        tax_free=query.tax_free_amount,
        currency=query.currency.removeprefix("CURRENCY_"),
        pay_method=query.pay_method,
        channel_key=query.channel_key,
        easy_pay_provider=query.easy_pay_provider,
        is_escrow=query.is_escrow == "true",
        customer=Customer(
            id=query.customer_id,
            name=query.customer_name,
            email=query.customer_email,
            phone_number=query.customer_phone,
        ),
        custom_data=query.custom_data,
        origin=Origin(
            platform_type="MOBILE" if "Mobi" in agent else "PC",
            user_agent=agent[:500] or None,
            ip_address=address,
        ),
    )


def return_address(url: str, payment_id: str, ending: Ending) -> str:
    """Return `url` with the result added to its query. Other parameters of the query are kept."""
    told = {"paymentId": payment_id}
    if ending.failure is not None and ending.code is not None:
        told |= {
            "code": ending.code,
            "message": ending.failure.reason,
            "pgCode": ending.failure.pg_code,
            "pgMessage": ending.failure.pg_message,
        }
    if ending.payment_token is not None:
        told["paymentToken"] = ending.payment_token
    parts = urlsplit(url)
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in told]
    query = urlencode([*kept, *told.items()], quote_via=quote)
    return urlunsplit(parts._replace(query=query))
