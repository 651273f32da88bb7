"""The payment channels of the shop as values, and the choice of one for an amount."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from src.app.payment.errors import PayAmountTooSmall, PayMethodNotOffered, TaxFreeNotOffered
from src.app.payment.models import ChannelMode, EasyPayProvider, Payment, PayMethod
from src.core.configs import settings

NAVERPAY_LEAST: Final = 100
"""Naver Pay takes no less, in won (docs/vendors/portone.md#windows)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One channel. `provider` is None where the shopper may name any wallet, or it is none; `min_amount` is in won."""

    code: str
    method: PayMethod
    channel_key: str
    name: str
    name_en: str
    provider: EasyPayProvider | None = None
    pg: str = ""
    mode: ChannelMode = ChannelMode.LIVE
    is_active: bool = True
    mixed_tax: bool = False
    escrow: bool = False
    manual_approval: bool = False
    min_amount: int = 0

    @property
    def is_offered(self) -> bool:
        """Return whether shoppers may pay by it: it is active, and no test channel in production."""
        return self.is_active and (self.mode == ChannelMode.LIVE or settings().server.env != "prod")

    def least(self, provider: EasyPayProvider | None = None) -> int:
        """Return the lowest amount in won, with this wallet of a channel for any wallet. No setting goes below
        Naver Pay's own limit."""
        is_naver = EasyPayProvider.NAVERPAY in (self.provider, provider)
        return max(self.min_amount, NAVERPAY_LEAST) if is_naver else self.min_amount

    def takes(self, provider: EasyPayProvider | None) -> bool:
        """Return whether it opens with this wallet. Without a wished one every channel does."""
        return provider is None or self.provider in (provider, None)


class ChannelBook:
    """All channels of the shop in the order to show, those that are switched off included."""

    def __init__(self, channels: Iterable[Channel]) -> None:
        self._all = tuple(channels)
        self._by_code = {channel.code: channel for channel in self._all}

    def __iter__(self) -> Iterator[Channel]:
        return iter(self._all)

    def offered(self) -> list[Channel]:
        """Return the channels that shoppers may pay by, in the order to show."""
        return [channel for channel in self._all if channel.is_offered]

    def offers(self, method: PayMethod) -> bool:
        """Return whether shoppers may pay so."""
        return any(channel.method == method for channel in self.offered())

    def methods(self) -> list[str]:
        """Return the ways to pay that are offered, each once, in the order to show."""
        return _methods(self.offered())

    def of(self, payment: Payment) -> Channel | None:
        """Return the channel that a payment was opened with.

        For a payment of a former release, or whose channel came from settings that changed: the first that fits now.
        """
        known = self._by_code.get(payment.channel)
        if known is not None and known.method == payment.pay_method:
            return known
        wished = EasyPayProvider(payment.easy_pay_provider) if payment.easy_pay_provider else None
        fitting = [one for one in self._all if one.method == payment.pay_method and one.takes(wished)]
        return min(fitting, key=lambda one: (not one.is_offered, _rank(one, wished)), default=None)

    def choose(self, method: PayMethod, provider: EasyPayProvider | None, *, total: int, tax_free: int) -> Channel:
        """Return the channel for `total` won, of which `tax_free` contain no VAT.

        The first in the order of the list, but a channel for the wished wallet alone before one for any, and without a
        wish one for any before the others. Raises PayMethodNotOffered, TaxFreeNotOffered and PayAmountTooSmall.
        """
        offered = self.offered()
        fitting = [one for one in offered if one.method == method and one.takes(provider)]
        if not fitting:
            raise PayMethodNotOffered(offered=_methods(offered))
        if tax_free and not (fitting := [one for one in fitting if one.mixed_tax]):
            raise TaxFreeNotOffered(offered=_methods([one for one in offered if one.mixed_tax]))
        taking = [one for one in fitting if one.least(provider) <= total]
        if not taking:
            raise PayAmountTooSmall(minimum=min(one.least(provider) for one in fitting))
        return min(taking, key=lambda one: _rank(one, provider))


def _rank(channel: Channel, provider: EasyPayProvider | None) -> int:
    """Return 0 for a channel that is meant for just this wish. `min` keeps the order of the list among equals."""
    return 0 if channel.provider == provider else 1


def _methods(channels: Sequence[Channel]) -> list[str]:
    return list(dict.fromkeys(channel.method.value for channel in channels))
