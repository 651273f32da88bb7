"""Korean display names of categories and policies."""

from typing import Final

from src.app.notice.models import FaqCategory, NoticeCategory, PolicyCode

NOTICE_NAMES: Final[dict[NoticeCategory, str]] = {
    NoticeCategory.GENERAL: "일반",
    NoticeCategory.DELIVERY: "배송",
    NoticeCategory.PRODUCT: "상품",
    NoticeCategory.EVENT: "이벤트",
    NoticeCategory.SYSTEM: "시스템",
}
FAQ_NAMES: Final[dict[FaqCategory, str]] = {
    FaqCategory.ORDER: "주문·결제",
    FaqCategory.DELIVERY: "배송",
    FaqCategory.CLAIM: "취소·교환·반품",
    FaqCategory.PRODUCT: "상품",
    FaqCategory.MEMBER: "회원",
    FaqCategory.ETC: "기타",
}
POLICY_NAMES: Final[dict[PolicyCode, str]] = {
    PolicyCode.TERMS: "이용약관",
    PolicyCode.PRIVACY: "개인정보 처리방침",
    PolicyCode.COOKIE: "쿠키 정책",
    PolicyCode.SALE: "판매 약관",
    PolicyCode.REFUND: "환불 정책",
    PolicyCode.MARKETING: "마케팅 정보 수신 동의",
}
