"""Sidebar of the back-office, filtered by permissions."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from src.app.staff.dtos.admin.responses import MenuEntry


@dataclass(frozen=True, slots=True)
class Screen:
    """One entry. It is shown to staff with `permission`."""

    code: str
    name: str
    name_en: str
    path: str
    permission: str


@dataclass(frozen=True, slots=True)
class Group:
    """Screens under one heading. It is shown if one of its screens is."""

    code: str
    name: str
    name_en: str
    screens: tuple[Screen, ...]


SIDEBAR: Final = (
    Group("home", "홈", "Home", (Screen("dashboard", "대시보드", "Dashboard", "/admin", "dashboard:read"),)),
    Group(
        "product",
        "상품관리",
        "Products",
        (
            Screen("product.list", "상품 조회/수정", "Product list", "/admin/product/edit", "product:read"),
            Screen("product.add", "상품 등록", "New product", "/admin/product/add", "product:write"),
            Screen("product.category", "카테고리 관리", "Categories", "/admin/product/category", "category:write"),
            Screen("product.stock", "재고 원장", "Stock ledger", "/admin/product/stock", "stock:read"),
        ),
    ),
    Group(
        "sale",
        "판매관리",
        "Sales",
        (
            Screen("sale.search", "주문통합검색", "Order search", "/admin/sale/search", "order:read"),
            Screen("sale.unpaid", "미결제확인", "Unpaid orders", "/admin/sale/payment", "order:read"),
            Screen(
                "sale.ordering", "발주(주문)확인/발송관리", "Confirm and ship", "/admin/sale/ordering", "order:read"
            ),
            Screen("sale.delivery", "배송현황관리", "Deliveries", "/admin/sale/delivery", "order:read"),
            Screen("sale.cancel", "취소관리", "Cancellations", "/admin/sale/cancel", "claim:read"),
            Screen("sale.return", "반품관리", "Returns", "/admin/sale/return", "claim:read"),
            Screen("sale.exchange", "교환관리", "Exchanges", "/admin/sale/exchange", "claim:read"),
            Screen("sale.settlement", "정산", "Settlements", "/admin/sale/settlement", "settlement:read"),
            Screen("sale.pickup", "매장·픽업관리", "Stores and pickups", "/admin/sale/pickup", "store:read"),
        ),
    ),
    Group(
        "contact",
        "문의/리뷰관리",
        "Inquiries and reviews",
        (
            Screen("contact.inquiry", "문의관리", "Inquiries", "/admin/inquiry", "inquiry:read"),
            Screen("contact.review", "리뷰관리", "Reviews", "/admin/review", "review:read"),
        ),
    ),
    Group(
        "display",
        "스토어관리",
        "Storefront",
        (
            Screen("display.logo", "로고관리", "Logo", "/admin/logo", "banner:write"),
            Screen("display.banner", "배너관리", "Banners", "/admin/banner", "banner:read"),
            Screen("display.best", "Best Item", "Best items", "/admin/promotion/best", "promotion:read"),
            Screen("display.md_pick", "MD's Choice", "MD's choice", "/admin/promotion/md-pick", "promotion:read"),
            Screen("display.new", "New Arrival", "New arrivals", "/admin/promotion/new", "promotion:read"),
        ),
    ),
    Group(
        "event",
        "이벤트관리",
        "Events",
        (
            Screen("event.list", "이벤트 조회/수정", "Event list", "/admin/event/edit", "event:read"),
            Screen("event.add", "이벤트 등록", "New event", "/admin/event/add", "event:write"),
        ),
    ),
    Group(
        "benefit",
        "쿠폰/적립금",
        "Coupons and points",
        (
            Screen("benefit.coupon", "쿠폰관리", "Coupons", "/admin/coupon", "coupon:read"),
            Screen("benefit.point", "적립금관리", "Points", "/admin/point", "point:read"),
        ),
    ),
    Group(
        "member", "회원관리", "Members", (Screen("member.list", "회원 조회", "Members", "/admin/user", "member:read"),)
    ),
    Group(
        "statistics",
        "통계",
        "Statistics",
        (Screen("statistics", "통계", "Statistics", "/admin/stat", "statistics:read"),),
    ),
    Group(
        "notice",
        "공지사항",
        "Notices",
        (Screen("notice.list", "공지사항", "Notices", "/admin/notification", "notice:read"),),
    ),
    Group(
        "settings",
        "설정/운영",
        "Settings and operations",
        (
            Screen("settings.shop", "상점 설정", "Shop settings", "/admin/settings", "settings:read"),
            Screen("settings.message", "메시지 관리", "Messages", "/admin/message", "message:read"),
            Screen("settings.staff", "직원관리", "Staff", "/admin/staff", "staff:read"),
            Screen("settings.role", "역할·권한", "Roles", "/admin/role", "role:read"),
            Screen("settings.audit", "감사 로그", "Audit log", "/admin/audit-log", "audit:read"),
            Screen("settings.job", "예약 작업", "Scheduled jobs", "/admin/job", "job:read"),
            Screen("settings.webhook", "외부 웹훅", "Outbound webhooks", "/admin/webhook", "webhook:read"),
            Screen("settings.payment", "결제 대사", "Payment reconciliation", "/admin/reconcile", "payment:read"),
        ),
    ),
)


def menu_for(permissions: Collection[str]) -> list[MenuEntry]:
    """Return the sidebar for these permissions, in its order, without empty groups."""
    shown = []
    for group in SIDEBAR:
        entries = [
            MenuEntry(code=screen.code, name=screen.name, name_en=screen.name_en, path=screen.path)
            for screen in group.screens
            if screen.permission in permissions
        ]
        if entries:
            shown.append(MenuEntry(code=group.code, name=group.name, name_en=group.name_en, entries=entries))
    return shown
