"""What payment companies want of `requestPayment` beyond PortOne itself (docs/vendors/portone.md#windows).

A window that breaks a rule does not open here, as it would not there: the shop learns of it before its customers do.
"""

from typing import Any, Final

from src.sandbox.config import WALLET_CHANNELS
from src.sandbox.portone.browser.window_forms import WindowQuery
from src.sandbox.portone.payment.methods import NAVERPAY_LEAST
from src.sandbox.portone.payment.model import PayMethod
from src.sandbox.web import RefusalError

WINDOWS: Final = {
    "NAVERPAY": {"pc": "POPUP", "mobile": "REDIRECTION"},
    "KAKAOPAY": {"pc": "IFRAME", "mobile": "REDIRECTION"},
}
ITEM: Final = {"categoryType": str, "categoryId": str, "uid": str, "name": str, "count": int}


def check_rules(asked: dict[str, Any], query: WindowQuery) -> None:
    """Raise RefusalError for what the channel's company would refuse: the parameters as the SDK got them, and as read.

    Wallets take EASY_PAY only; MOBILE needs `productType`; Naver Pay wants its products, 100 won and its own windows.
    """
    company, wallet = WALLET_CHANNELS.get(query.channel_key, ("", ""))
    if wallet and query.pay_method is not PayMethod.EASY_PAY:
        raise _refusal("payMethod: the channel of a wallet takes EASY_PAY only")
    if query.pay_method is PayMethod.MOBILE and asked.get("productType") not in ("REAL", "DIGITAL", *_LONG):
        raise _refusal("productType: MOBILE needs REAL or DIGITAL")
    _check_windows(asked.get("windowType"), WINDOWS.get(company, {}))
    if company == "NAVERPAY":
        _check_naverpay(asked, query)


_LONG: Final = ("PRODUCT_TYPE_REAL", "PRODUCT_TYPE_DIGITAL")


def _check_windows(asked: Any, allowed: dict[str, str]) -> None:
    if not isinstance(asked, dict):
        return
    for device, kind in allowed.items():
        if asked.get(device) not in (None, kind):
            raise _refusal(f"windowType.{device}: only {kind} is supported")


def _check_naverpay(asked: dict[str, Any], query: WindowQuery) -> None:
    if query.total_amount < NAVERPAY_LEAST:
        raise _refusal("네이버페이는 100원 이상부터 결제할 수 있습니다.", code="PGProviderError")
    bypass = asked.get("bypass")
    naverpay = bypass.get("naverpay") if isinstance(bypass, dict) else None
    items = naverpay.get("productItems") if isinstance(naverpay, dict) else None
    if not isinstance(items, list) or not items or not all(map(_is_item, items)):
        raise _refusal("bypass.naverpay.productItems: needs categoryType, categoryId, uid, name and count of each")


def _is_item(item: Any) -> bool:
    return isinstance(item, dict) and all(type(item.get(name)) is kind and item[name] for name, kind in ITEM.items())


def _refusal(detail: str, *, code: str = "BadRequest") -> RefusalError:
    return RefusalError(400, code, detail)
