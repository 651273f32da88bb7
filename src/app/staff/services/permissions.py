"""All permissions: the words used by policies and roles, and their meaning.

A word that is not listed here grants nothing: a role cannot hold it, and a route whose policy names it fails a test.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Meaning:
    """The meaning of a permission."""

    ko: str
    en: str


REGISTRY: Final[dict[str, Meaning]] = {
    "dashboard:read": Meaning("대시보드 조회", "See the dashboard"),
    "statistics:read": Meaning("통계 조회", "See statistics"),
    "settlement:read": Meaning("정산 조회", "See settlements"),
    "order:read": Meaning("주문·배송 조회", "See orders and deliveries"),
    "order:write": Meaning("발주확인, 발송·배송 처리, 판매자 주문취소", "Confirm, ship and cancel orders"),
    "order:note": Meaning("주문 메모 작성", "Write notes about orders"),
    "order:export": Meaning("주문 내려받기", "Download orders"),
    "payment:read": Meaning("결제·환불 조회", "See payments and refunds"),
    "payment:confirm": Meaning("입금 확인, 수동 결제 승인", "Confirm manual transfers"),
    "payment:reconcile": Meaning("결제 불일치 처리, 웹훅 재처리", "Resolve payment discrepancies, replay webhooks"),
    "refund:send": Meaning("환불 재전송", "Send refunds again"),
    "claim:read": Meaning("취소·반품·교환 조회", "See cancels, returns and exchanges"),
    "claim:write": Meaning("취소·반품·교환 처리", "Handle cancels, returns and exchanges"),
    "product:read": Meaning("상품 조회", "See products"),
    "product:write": Meaning("상품 등록·수정·삭제", "Add, change and remove products"),
    "category:write": Meaning("카테고리 관리", "Manage categories"),
    "stock:read": Meaning("재고·재고 원장 조회", "See stock and its ledger"),
    "stock:adjust": Meaning("재고 조정", "Adjust stock"),
    "upload:write": Meaning("이미지 올리기", "Upload pictures"),
    "promotion:read": Meaning("진열 상품 조회", "See curated lists"),
    "promotion:write": Meaning(
        "Best Item, MD's Choice, New Arrival 관리", "Manage best items, MD picks and new arrivals"
    ),
    "banner:read": Meaning("배너 조회", "See banners"),
    "banner:write": Meaning("배너·로고 관리", "Manage banners and the logo"),
    "event:read": Meaning("이벤트 조회", "See events"),
    "event:write": Meaning("이벤트·댓글 관리", "Manage events and their comments"),
    "notice:read": Meaning("공지사항 조회", "See notices"),
    "notice:write": Meaning("공지사항 관리", "Manage notices"),
    "coupon:read": Meaning("쿠폰 조회", "See coupons"),
    "coupon:write": Meaning("쿠폰 발급·관리", "Issue and manage coupons"),
    "point:read": Meaning("적립금 조회", "See points"),
    "point:write": Meaning("적립금 지급·차감", "Grant and take points"),
    "review:read": Meaning("리뷰 조회", "See reviews"),
    "review:write": Meaning("리뷰 답글·노출 관리", "Answer and hide reviews"),
    "inquiry:read": Meaning("문의 조회", "See inquiries"),
    "inquiry:write": Meaning("문의 답변", "Answer inquiries"),
    "member:read": Meaning("회원 조회 (개인정보는 가려서 표시)", "See members, personal data masked"),
    "member:write": Meaning(
        "회원 등급 변경, 메모, 강제 로그아웃", "Change grades, write memos, end sessions of members"
    ),
    "member:suspend": Meaning("회원 이용 정지·해제", "Suspend members and let them back in"),
    "pii:read": Meaning("개인정보 원문 조회 (조회 기록이 남음)", "See personal data unmasked; each look is logged"),
    "pii:export": Meaning(
        "개인정보 원문 내려받기 (사유와 기록이 남음)", "Download personal data unmasked, with a reason; it is logged"
    ),
    "message:read": Meaning("메시지 발송 내역·템플릿 조회", "See sent messages and their templates"),
    "message:write": Meaning("메시지 템플릿 관리, 다시 보내기", "Change message templates, send messages again"),
    "store:read": Meaning("매장·픽업 조회", "See stores and pickups"),
    "store:write": Meaning("매장·픽업 관리", "Manage stores and pickups"),
    "staff:read": Meaning("직원 조회", "See staff"),
    "staff:write": Meaning("직원 등록·변경, 2단계 인증 초기화", "Add and change staff, reset second factors"),
    "role:read": Meaning("역할·권한 조회", "See roles and permissions"),
    "role:write": Meaning("역할·권한 관리", "Manage roles and permissions"),
    "audit:read": Meaning("감사 로그·개인정보 조회 기록 열람", "Read the audit and personal-data access logs"),
    "settings:read": Meaning("설정 조회", "See settings"),
    "settings:write": Meaning("약관·판매자 정보 등 설정 변경", "Change settings: policies, the seller's details"),
    "bank:write": Meaning("무통장입금 계좌 관리", "Manage the bank accounts that shoppers pay into"),
    "shipping:write": Meaning("배송비·택배사 설정 변경", "Change shipping fees and couriers"),
    "job:read": Meaning("예약 작업 조회", "See scheduled jobs"),
    "job:run": Meaning("예약 작업 실행", "Run scheduled jobs"),
    "webhook:read": Meaning("외부 웹훅·전송 기록 조회", "See outbound webhooks and their deliveries"),
    "webhook:write": Meaning("외부 웹훅 관리", "Manage outbound webhooks"),
}

ALL: Final = frozenset(REGISTRY)


def known(words: Iterable[str]) -> frozenset[str]:
    """Return those of `words` that this version of the shop knows."""
    return ALL.intersection(words)


def words_of(*areas: str, only: str = "") -> frozenset[str]:
    """Return every permission of these areas, or only the action `only` of each."""
    return frozenset(
        word for word in REGISTRY if word.partition(":")[0] in areas and (not only or word.endswith(f":{only}"))
    )
