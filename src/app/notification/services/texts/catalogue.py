"""Every template there is: what it is for, by which ways it goes, which values it may name, and a sample of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from src.app.notification.dtos.fields import Language
from src.app.notification.models import Way

LANGUAGES: Final[tuple[Language, ...]] = ("ko", "en")
BOTH: Final = (Way.MAIL, Way.PHONE)
AD_MARK: Final = "(광고)"

SHOP_LINK: Final = "https://shop.example/orders/20261120-7Q6X9ZPM"
ORDER: Final[Mapping[str, str]] = {
    "name": "김민지",
    "order_no": "20261120-7Q6X9ZPM",
    "items": "투어 스탠드백 외 1건",
    "total": "128,000",
    "link": SHOP_LINK,
}
ACCOUNT: Final[Mapping[str, str]] = {
    "bank": "국민은행",
    "number": "123-4567-8901",
    "holder": "믹골프",
    "due": "2026-11-21 23:59",
}
TRANSFER: Final[Mapping[str, str]] = {**ACCOUNT, "depositor": "김민지", "left": "128,000"}
# Empty where there is none: a parcel without a courier, a courier without a page, `is_sent` of one that was taken back,
# `is_assumed` of one that somebody saw arrive.
PARCEL: Final[Mapping[str, str]] = {
    "courier": "CJ대한통운",
    "tracking_no": "612345678901",
    "tracking_link": "https://trace.example/612345678901",
    "is_sent": "yes",
    "is_assumed": "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One template. `values` are the values that its texts may name, each with a sample; `must_name` those that no text
    may leave out. `is_secret`: it holds a one-time secret (docs/architecture.md#r12), so it goes out directly and is
    never queued. `is_required`: nobody can switch it off. `is_ad`: every text begins with the mark of advertising.
    `is_for_staff`: it goes to addresses that staff set for themselves."""

    name: str
    ko: str
    en: str
    ways: tuple[Way, ...] = BOTH
    values: Mapping[str, str] = field(default_factory=dict)
    must_name: frozenset[str] = frozenset()
    is_secret: bool = False
    is_required: bool = False
    is_ad: bool = False
    is_for_staff: bool = False


_ALL: Final = (
    Template(
        name="verification_code",
        ko="인증번호",
        en="Verification code",
        values={"purpose": "sign_up", "code": "048213", "minutes": "3"},
        must_name=frozenset({"code"}),
        is_secret=True,
        is_required=True,
    ),
    Template(
        name="password_reset",
        ko="비밀번호 재설정 링크",
        en="Password reset link",
        ways=(Way.MAIL,),
        values={"link": "https://shop.example/reset-password?token=abc-_1", "minutes": "30"},
        must_name=frozenset({"link"}),
        is_secret=True,
        is_required=True,
    ),
    Template(
        name="password_changed",
        ko="비밀번호 변경 안내",
        en="Password changed",
        ways=(Way.MAIL,),
        values={"when": "2026-11-20 09:30"},
        is_required=True,
    ),
    Template(
        name="social_linked",
        ko="소셜 로그인 연결·해제 안내",
        en="Social sign-in linked or unlinked",
        ways=(Way.MAIL,),
        values={"when": "2026-11-20 09:30", "provider": "kakao", "what": "linked"},
        is_required=True,
    ),
    Template(
        name="email_claimed",
        ko="이메일 주소 삭제 안내",
        en="E-mail address verified by its owner",
        ways=(Way.PHONE,),
        values={"when": "2026-11-20 09:30"},
        is_required=True,
    ),
    Template(
        name="way_in_lost",
        ko="로그인 수단 상실 안내",
        en="No way to sign in left",
        values={"link": "https://shop.example/reset-password?token=abc-_1", "hours": "24"},
        must_name=frozenset({"link"}),
        is_secret=True,
        is_required=True,
    ),
    Template(
        name="contact_changed",
        ko="연락처 변경 안내",
        en="Contact changed",
        ways=(Way.MAIL,),
        values={"when": "2026-11-20 09:30", "what": "phone"},
        is_required=True,
    ),
    Template(
        name="restock_alert",
        ko="재입고 알림",
        en="Restock alert",
        values={
            "name": "투어 스탠드백",
            "option": "블랙 / 9.0",
            "link": "https://shop.example/products/01201110",
        },
        is_required=True,
    ),
    Template(
        name="deposit_wanted",
        ko="주문 접수·입금 안내 (가상계좌)",
        en="Order placed, deposit wanted",
        values={**ORDER, **ACCOUNT},
        must_name=frozenset({"number", "total"}),
    ),
    Template(
        name="deposit_reminder",
        ko="입금 기한 안내",
        en="Deposit reminder",
        values={**ORDER, **ACCOUNT},
        must_name=frozenset({"number", "total"}),
    ),
    Template(
        name="transfer_wanted",
        ko="주문 접수·입금 안내 (무통장입금)",
        en="Order placed, manual transfer wanted",
        values={**ORDER, **TRANSFER},
        must_name=frozenset({"number", "left"}),
    ),
    Template(
        name="transfer_reminder",
        ko="입금 기한 안내 (무통장입금)",
        en="Manual transfer reminder",
        values={**ORDER, **TRANSFER},
        must_name=frozenset({"number", "left"}),
    ),
    Template(
        name="account_closed",
        ko="가상계좌 해지 안내",
        en="Virtual account closed",
        values={**ORDER, "until": "2026-11-20 10:30"},
    ),
    Template(
        name="order_paid",
        ko="결제 완료",
        en="Order paid",
        values={**ORDER, "method": "신용카드", "receipt": "https://receipt.example/1"},
    ),
    Template(name="order_expired", ko="미입금 주문 취소", en="Order expired unpaid", values=ORDER),
    Template(name="order_cancelled", ko="주문 취소", en="Order cancelled", values=ORDER),
    Template(
        name="lines_cancelled",
        ko="판매자 취소 안내",
        en="Goods cancelled by the shop",
        values={**ORDER, "units": "1", "amount": "45,000", "why": "상품이 품절되어"},
        must_name=frozenset({"amount", "why"}),
        is_required=True,
    ),
    Template(
        name="refund_sent",
        ko="환불 완료",
        en="Refund sent",
        values={**ORDER, "amount": "128,000", "why": "주문 기한이 지난 뒤 결제되어"},
        must_name=frozenset({"amount"}),
    ),
    Template(
        name="refund_needs_account",
        ko="환불 계좌 요청",
        en="Refund account wanted",
        values={**ORDER, "amount": "128,000", "why": "주문 기한이 지난 뒤 입금되어"},
        must_name=frozenset({"amount"}),
        is_required=True,
    ),
    Template(
        name="refund_account_changed",
        ko="환불 계좌 변경",
        en="Refund account changed",
        values={**ORDER, "bank": "국민은행", "number": "****5678"},
        must_name=frozenset({"number"}),
        is_required=True,
    ),
    Template(
        name="order_preparing", ko="상품 준비 중", en="Order being prepared", values={**ORDER, "ship_by": "2026-11-25"}
    ),
    Template(
        name="order_delayed",
        ko="발송 지연",
        en="Shipping delayed",
        values={**ORDER, "until": "2026-12-02", "reason": "상품 준비 중"},
        must_name=frozenset({"until"}),
    ),
    Template(name="order_shipped", ko="배송 시작", en="Order shipped", values={**ORDER, **PARCEL}),
    Template(
        name="shipment_corrected",
        ko="배송 정보 변경",
        en="Shipment corrected",
        values={**ORDER, **PARCEL},
    ),
    Template(
        name="order_delivered",
        ko="배송 완료",
        en="Order delivered",
        values={**ORDER, **PARCEL},
    ),
    Template(
        name="confirmation_near",
        ko="자동 구매확정 예정",
        en="Purchase confirmation near",
        values={**ORDER, "day": "2026-12-01"},
        must_name=frozenset({"day"}),
    ),
    # Waits for claims (cancel, return, exchange): nothing emits claim.changed yet.
    Template(
        name="claim_changed",
        ko="취소·반품·교환 진행 안내",
        en="Claim changed",
        values={**ORDER, "what": "반품", "step": "접수되었습니다"},
        must_name=frozenset({"step"}),
    ),
    Template(
        name="withdrawal_asked",
        ko="회원 탈퇴 신청",
        en="Withdrawal asked for",
        values={"name": "김민지", "due": "2026-12-04 09:30", "link": "https://shop.example/mypage"},
        is_required=True,
    ),
    Template(
        name="withdrawal_cancelled",
        ko="회원 탈퇴 철회",
        en="Withdrawal cancelled",
        values={"name": "김민지"},
    ),
    Template(name="withdrawal_finished", ko="회원 탈퇴 완료", en="Withdrawal finished", values={"name": "김민지"}),
    Template(
        name="low_stock",
        ko="재고 부족 알림 (직원)",
        en="Low stock, to staff",
        values={
            "count": "2",
            "line": "5",
            "items": "투어 스탠드백 블랙 9.0 (TSB-BK-9): 3\n골프 장갑 화이트 22 (GLV-WH-22): 5",
            "more": "",
        },
        must_name=frozenset({"items"}),
        is_for_staff=True,
    ),
    Template(
        name="staff_order_paid",
        ko="새 주문 알림 (직원)",
        en="New order, to staff",
        values={"order_no": "20261120-7Q6X9ZPM", "items": "투어 스탠드백 외 1건", "total": "128,000"},
        must_name=frozenset({"order_no"}),
        is_for_staff=True,
    ),
    Template(
        name="staff_ship_by",
        ko="발송 기한 알림 (직원)",
        en="Lines to ship today, to staff",
        values={
            "due": "3",
            "late": "1",
            "items": "20261120-7Q6X9ZPM-01 투어 스탠드백 (2026-11-24)",
            "more": "",
        },
        must_name=frozenset({"due", "late"}),
        is_for_staff=True,
    ),
    Template(
        name="staff_parcel_trouble",
        ko="배송 확인 필요 알림 (직원)",
        en="A parcel needs staff",
        values={
            "order_no": "20261120-7Q6X9ZPM",
            "shipment": "S20261121-3K8WQ0RA",
            "what": "오류 송장",
            "courier": "CJ대한통운",
            "tracking_no": "612345678901",
        },
        must_name=frozenset({"what"}),
        is_for_staff=True,
    ),
    Template(
        name="staff_discrepancy",
        ko="결제 확인 필요 알림 (직원)",
        en="A payment needs staff",
        values={"order_no": "20261120-7Q6X9ZPM", "what": "환불 실패", "amount": "128,000"},
        must_name=frozenset({"what"}),
        is_for_staff=True,
    ),
    Template(
        name="advertisement",
        ko="광고",
        en="Advertisement",
        values={
            "sender": "믹골프",
            "contact": "02-1234-5678",
            "title": "봄 신상품 10% 할인",
            "body": "이번 주말까지 스탠드백을 10% 할인합니다.",
            "opt_out_link": "https://shop.example/opt-out?token=7.sms.0f",
            "opt_out_phone": "080-123-4567",
        },
        must_name=frozenset({"sender", "contact", "opt_out_link", "opt_out_phone"}),
        is_ad=True,
    ),
)
TEMPLATES: Final[Mapping[str, Template]] = {template.name: template for template in _ALL}
