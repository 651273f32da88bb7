"""The channels of a shop whose staff have not set any: those of its settings.

They are computed and never stored, so a shop that changes PORTONE_* or PAY_METHODS is right at its next start, and a
first start has no rows to seed, of which two workers at once would write two sets.
"""

from typing import Final

from src.app.payment.models import ChannelMode, EasyPayProvider, PayMethod
from src.app.payment.services.channels.book import Channel
from src.core.configs import settings
from src.core.configs.groups import SANDBOX_CHANNEL_KEY

NAMES: Final = {
    PayMethod.CARD: ("신용·체크카드", "Credit or debit card"),
    PayMethod.EASY_PAY: ("간편결제", "Easy pay"),
    PayMethod.TRANSFER: ("실시간 계좌이체", "Bank transfer"),
    PayMethod.MOBILE: ("휴대폰 결제", "Mobile phone bill"),
    PayMethod.VIRTUAL_ACCOUNT: ("가상계좌 (무통장입금)", "Virtual account"),
}
WALLETS: Final = {
    EasyPayProvider.KAKAOPAY: ("카카오페이", "Kakao Pay", "KAKAOPAY"),
    EasyPayProvider.NAVERPAY: ("네이버페이", "Naver Pay", "NAVERPAY"),
    EasyPayProvider.TOSSPAY: ("토스페이", "Toss Pay", "TOSSPAY_V2"),
}
SANDBOX_PG: Final = "INICIS_V2"
CASH: Final = (PayMethod.TRANSFER, PayMethod.VIRTUAL_ACCOUNT)


def of_settings() -> list[Channel]:
    """Return one channel for each of PAY_METHODS, in their order.

    With the sandbox's keys easy pay is a channel for each wallet, the cash methods have escrow, and a channel with
    manual approval (수동 승인) is there to be switched on. Outside production the keys count as those of test channels.
    """
    found: list[Channel] = []
    for word in settings().orders.pay_methods:
        method = PayMethod(word)
        found += _wallets() if method == PayMethod.EASY_PAY and _is_sandbox() else [_channel(method)]
    return [*found, _manual()] if _is_sandbox() else found


def settings_key(method: PayMethod) -> str:
    """Return the key of PORTONE_CHANNEL_KEY, or of PORTONE_EASY_PAY_CHANNEL_KEY for easy pay where it is set."""
    portone = settings().portone
    if method == PayMethod.EASY_PAY and portone.easy_pay_channel_key:
        return portone.easy_pay_channel_key
    return portone.channel_key


def _is_sandbox() -> bool:
    portone = settings().portone
    return portone.channel_key == SANDBOX_CHANNEL_KEY and not portone.easy_pay_channel_key


def _channel(method: PayMethod) -> Channel:
    name, name_en = NAMES[method]
    return Channel(
        code=method.value,
        method=method,
        channel_key=settings_key(method),
        name=name,
        name_en=name_en,
        pg=SANDBOX_PG if _is_sandbox() else "",
        mode=_mode(),
        mixed_tax=_takes_tax_free(settings_key(method)),
        escrow=_is_sandbox() and method in CASH,
    )


def _wallets() -> list[Channel]:
    return [
        Channel(
            code=provider.value,
            method=PayMethod.EASY_PAY,
            provider=provider,
            channel_key=f"{SANDBOX_CHANNEL_KEY}-{provider.value.lower()}",
            name=name,
            name_en=name_en,
            pg=pg,
            mode=_mode(),
            mixed_tax=_takes_tax_free(settings().portone.channel_key),
        )
        for provider, (name, name_en, pg) in WALLETS.items()
    ]


def _manual() -> Channel:
    return Channel(
        code="CARD_MANUAL",
        method=PayMethod.CARD,
        channel_key=f"{SANDBOX_CHANNEL_KEY}-manual",
        name="신용·체크카드 (수동 승인)",
        name_en="Card with manual approval",
        pg=SANDBOX_PG,
        mode=_mode(),
        is_active=False,
        manual_approval=True,
        mixed_tax=_takes_tax_free(settings().portone.channel_key),
    )


def _mode() -> ChannelMode:
    return ChannelMode.LIVE if settings().server.env == "prod" else ChannelMode.TEST


def _takes_tax_free(key: str) -> bool:
    return key in settings().portone.mixed_tax_channels
