"""Names of banks in Korean and English by PortOne's enum ``Bank``."""

from typing import Final

BANKS: Final[dict[str, tuple[str, str]]] = {
    "BANK_OF_KOREA": ("한국은행", "Bank of Korea"),
    "BUSAN": ("부산은행", "BNK Busan Bank"),
    "CITI": ("씨티은행", "Citibank Korea"),
    "DAEGU": ("iM뱅크(대구은행)", "iM Bank"),
    "HANA": ("하나은행", "Hana Bank"),
    "IBK": ("기업은행", "Industrial Bank of Korea"),
    "JEJU": ("제주은행", "Jeju Bank"),
    "JEONBUK": ("전북은행", "Jeonbuk Bank"),
    "K_BANK": ("케이뱅크", "K bank"),
    "KAKAO": ("카카오뱅크", "KakaoBank"),
    "KDB": ("산업은행", "Korea Development Bank"),
    "KFCC": ("새마을금고", "MG Community Credit Cooperatives"),
    "KOOKMIN": ("국민은행", "KB Kookmin Bank"),
    "KWANGJU": ("광주은행", "Kwangju Bank"),
    "KYONGNAM": ("경남은행", "BNK Kyongnam Bank"),
    "LOCAL_NONGHYUP": ("지역농협", "Local Nonghyup"),
    "NONGHYUP": ("농협은행", "NH NongHyup Bank"),
    "POST": ("우체국", "Korea Post"),
    "SAVINGS_BANK": ("저축은행", "Savings bank"),
    "SHINHAN": ("신한은행", "Shinhan Bank"),
    "SHINHYUP": ("신협", "Shinhyup"),
    "STANDARD_CHARTERED": ("SC제일은행", "Standard Chartered Bank Korea"),
    "SUHYUP": ("수협은행", "Suhyup Bank"),
    "TOSS": ("토스뱅크", "Toss Bank"),
    "WOORI": ("우리은행", "Woori Bank"),
}


def bank_name(code: str) -> tuple[str, str]:
    """Return the bank's name in Korean and English; a value unknown here is shown as PortOne writes it."""
    return BANKS.get(code, (code, code))
