"""The ways to pay an order, and what else an order form shows before the order."""

from collections.abc import Sequence
from typing import Final

from src.app.cart.errors import CartEmpty
from src.app.cart.services.taking import read_for_order
from src.app.checkout.dtos.options import CheckoutOptions, OptionsQuery, PayOption, PayOptionRefused, SafetyRead
from src.app.checkout.services.paying.window import account_hours
from src.app.deposit.services import accounts
from src.app.deposit.services.due import terms
from src.app.fulfilment.services.due_days import WITHDRAWAL, due_day
from src.app.payment.errors import PayAmountTooSmall, TaxFreeNotOffered
from src.app.payment.models import PayMethod
from src.app.payment.services.channels.book import Channel, ChannelBook
from src.app.payment.services.channels.memory import channels
from src.app.pricing.dtos.requests import WantedItem
from src.app.pricing.services.lines import Wanted
from src.app.pricing.services.quotes import Quote, quote
from src.app.shipping.services.business_days.calendar import load_calendar
from src.app.shipping.services.telling import fees
from src.app.shop.services.reading import safety
from src.common import clock
from src.core.configs import settings

MANUAL: Final = PayOption(
    pay_method=PayMethod.MANUAL_TRANSFER,
    easy_pay_provider=None,
    name="무통장입금",
    name_en="Bank transfer by hand",
    min_amount=0,
    escrow=False,
)


async def options(query: OptionsQuery, *, cart: str | None) -> CheckoutOptions:
    """Return what may be chosen for these items, else for the cart of this owner. Reads only; nothing is held.

    An empty cart has no quote, and every way to pay is listed that the shop offers at all. Raises as `quote` does, and
    CartStoreUnavailable.
    """
    wanted = query.wanted() or await _of_cart(cart, query.cart_variant_ids)
    priced = await quote(wanted, zipcode=query.zipcode) if wanted else None
    methods, refused = _ways(await channels(), priced)
    offered = await accounts.choices() if priced is None or priced.total else []
    calendar, now = await load_calendar(), clock.now()
    return CheckoutOptions(
        quote=priced.as_read() if priced else None,
        methods=[*methods, MANUAL] if offered else methods,
        refused=refused,
        shipping=await fees(),
        ship_by=due_day(now, calendar),
        withdrawal_days=WITHDRAWAL.days,
        hold_minutes=settings().orders.hold_seconds // 60,
        account_hours=account_hours(),
        bank_accounts=offered,
        transfer_due_at=terms(now, calendar).due_at if offered else None,
        safety=await _safety() if offered else None,
    )


async def _safety() -> SafetyRead | None:
    name, url = await safety()
    return SafetyRead(name=name, url=url) if name else None


async def _of_cart(cart: str | None, variant_ids: list[int]) -> Sequence[Wanted | WantedItem]:
    try:
        return await read_for_order(cart, variant_ids or None)
    except CartEmpty:
        return []


def _ways(book: ChannelBook, priced: Quote | None) -> tuple[list[PayOption], list[PayOptionRefused]]:
    """Return the ways that this order can use and those that it cannot, each once, by the rules of `choose`."""
    if priced is not None and not priced.total:
        return [], []
    methods: list[PayOption] = []
    refused: list[PayOptionRefused] = []
    shown = {(channel.method, channel.provider): channel for channel in reversed(book.offered())}
    for channel in sorted(shown.values(), key=book.offered().index):
        if priced is None:
            methods.append(_option(channel))
            continue
        try:
            used = book.choose(channel.method, channel.provider, total=priced.total, tax_free=priced.taxes.tax_free)
            methods.append(_option(used if used.provider == channel.provider else channel))
        except (TaxFreeNotOffered, PayAmountTooSmall) as error:
            refused.append(PayOptionRefused(**_option(channel).model_dump(), code=error.code))
    return methods, refused


def _option(channel: Channel) -> PayOption:
    return PayOption(
        pay_method=channel.method,
        easy_pay_provider=channel.provider,
        name=channel.name,
        name_en=channel.name_en,
        min_amount=channel.least(),
        escrow=channel.escrow,
    )
