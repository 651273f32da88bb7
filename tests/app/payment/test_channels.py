"""Which channel a payment opens with: the choice as a table, and the channels of the settings."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from src.app.payment.errors import PayAmountTooSmall, PayMethodNotOffered, TaxFreeNotOffered
from src.app.payment.models import ChannelMode, EasyPayProvider, Payment, PayMethod
from src.app.payment.services.channels.book import Channel, ChannelBook
from src.app.payment.services.channels.defaults import of_settings
from src.core.configs import settings, use

KAKAO, NAVER, TOSS = EasyPayProvider.KAKAOPAY, EasyPayProvider.NAVERPAY, EasyPayProvider.TOSSPAY


def channel(code: str, method: PayMethod = PayMethod.CARD, **values: Any) -> Channel:
    return Channel(code=code, method=method, channel_key=f"key-{code}", name=code, name_en=code, **values)


@contextmanager
def production() -> Iterator[None]:
    with use(replace(settings(), server=settings().server.model_copy(update={"env": "prod"}))):
        yield


def chosen(book: ChannelBook, method: PayMethod, wallet: EasyPayProvider | None = None, **sums: int) -> str:
    return book.choose(method, wallet, **{"total": 10_000, "tax_free": 0, **sums}).code


@pytest.mark.usefixtures("shop_settings")
def test_the_first_that_fits_is_used() -> None:
    book = ChannelBook(
        [
            channel("OFF", is_active=False),
            channel("DEAR", min_amount=50_000),
            channel("FIRST"),
            channel("MIXED", mixed_tax=True),
        ]
    )
    assert chosen(book, PayMethod.CARD) == "FIRST"
    assert chosen(book, PayMethod.CARD, total=50_000) == "DEAR"
    assert chosen(book, PayMethod.CARD, tax_free=1) == "MIXED"


@pytest.mark.usefixtures("shop_settings")
def test_a_wallet_of_its_own_comes_before_one_for_any_and_no_wish_before_both() -> None:
    easy = PayMethod.EASY_PAY
    book = ChannelBook(
        [channel("ANY", easy), channel("NAVER", easy, provider=NAVER), channel("KAKAO", easy, provider=KAKAO)]
    )
    assert [chosen(book, easy, wish) for wish in (None, KAKAO, NAVER, TOSS)] == ["ANY", "KAKAO", "NAVER", "ANY"]
    without_any = ChannelBook(list(book)[1:])
    assert chosen(without_any, easy) == "NAVER"
    with pytest.raises(PayMethodNotOffered):
        chosen(without_any, easy, TOSS)


@pytest.mark.usefixtures("shop_settings")
@pytest.mark.parametrize("provider", [NAVER, None])
def test_no_setting_goes_below_the_least_of_naver_pay(provider: EasyPayProvider | None) -> None:
    easy = PayMethod.EASY_PAY
    book = ChannelBook([channel("NAVER", easy, provider=provider, min_amount=10)])
    with pytest.raises(PayAmountTooSmall) as refused:
        chosen(book, easy, NAVER, total=99)
    assert refused.value.extras == {"minimum": 100}
    assert chosen(book, easy, NAVER, total=100) == "NAVER"


@pytest.mark.usefixtures("shop_settings")
def test_what_cannot_be_done_names_what_can() -> None:
    book = ChannelBook([channel("CARD"), channel("BANK", PayMethod.TRANSFER, mixed_tax=True)])
    with pytest.raises(TaxFreeNotOffered) as tax:
        chosen(book, PayMethod.CARD, tax_free=1)
    assert tax.value.extras == {"offered": ["TRANSFER"]}
    with pytest.raises(PayMethodNotOffered) as method:
        chosen(book, PayMethod.MOBILE)
    assert method.value.extras == {"offered": ["CARD", "TRANSFER"]}


@pytest.mark.usefixtures("shop_settings")
def test_a_test_channel_is_never_offered_in_production() -> None:
    book = ChannelBook([channel("TEST", mode=ChannelMode.TEST), channel("LIVE")])
    assert chosen(book, PayMethod.CARD) == "TEST"
    with production():
        assert chosen(book, PayMethod.CARD) == "LIVE"
        assert not ChannelBook(list(book)[:1]).offers(PayMethod.CARD)


@pytest.mark.usefixtures("shop_settings")
def test_a_payment_keeps_its_channel_and_one_of_a_former_release_gets_the_one_that_fits_now() -> None:
    book = ChannelBook([channel("CARD"), channel("OLD", is_active=False), channel("BANK", PayMethod.TRANSFER)])
    codes = {}
    for code in ("OLD", "", "GONE", "BANK"):
        found = book.of(Payment(pay_method=PayMethod.CARD, channel=code))
        codes[code] = found.code if found else None
    assert codes == {"OLD": "OLD", "": "CARD", "GONE": "CARD", "BANK": "CARD"}
    assert book.of(Payment(pay_method=PayMethod.MOBILE, channel="MOBILE")) is None


@pytest.mark.usefixtures("shop_settings")
def test_the_sandbox_has_one_of_each() -> None:
    orders = settings().orders.model_copy(
        update={"pay_methods": ("CARD", "EASY_PAY", "TRANSFER", "MOBILE", "VIRTUAL_ACCOUNT")}
    )
    with use(replace(settings(), orders=orders)):
        found = [(one.code, one.escrow, one.manual_approval, one.is_active) for one in of_settings()]
    assert found == [
        ("CARD", False, False, True),
        ("KAKAOPAY", False, False, True),
        ("NAVERPAY", False, False, True),
        ("TOSSPAY", False, False, True),
        ("TRANSFER", True, False, True),
        ("MOBILE", False, False, True),
        ("VIRTUAL_ACCOUNT", True, False, True),
        ("CARD_MANUAL", False, True, False),
    ]


@pytest.mark.usefixtures("shop_settings")
def test_real_keys_of_the_settings_make_a_channel_for_each_method() -> None:
    portone = settings().portone.model_copy(
        update={"channel_key": "key-1", "easy_pay_channel_key": "key-2", "mixed_tax_channels": ("key-2",)}
    )
    with use(replace(settings(), portone=portone)), production():
        found = [(one.code, one.channel_key, one.mixed_tax, one.is_offered) for one in of_settings()]
    assert found == [
        ("CARD", "key-1", False, True),
        ("EASY_PAY", "key-2", True, True),
        ("TRANSFER", "key-1", False, True),
        ("MOBILE", "key-1", False, True),
    ]
