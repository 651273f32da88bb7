"""The columns of an export: their headings in each layout, and a line's cells. Pure functions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from src.app.desk.dtos.admin.export import ExportColumn
from src.app.fulfilment.dtos.admin.layouts import Layout
from src.app.fulfilment.models import ShipmentMethod
from src.app.fulfilment.services.shipments.queries import Sent
from src.app.order.models import (
    DeliveryAttribute,
    Order,
    OrderLine,
    OrderStatus,
    ProcurementStatus,
    ShippingStatus,
)
from src.app.shipping.services.couriers.book import CourierBook
from src.common.clock import KST
from src.common.records import masking

C: Final = ExportColumn
HIDDEN: Final = "***"
OURS: Final[Mapping[ExportColumn, str]] = {
    C.ORDER_NO: "주문번호",
    C.LINE_NO: "상품주문번호",
    C.ORDERED_AT: "주문일시",
    C.PAID_AT: "결제일시",
    C.STATUS: "주문상태",
    C.PROCUREMENT_STATUS: "발주상태",
    C.SHIPPING_STATUS: "배송상태",
    C.CLAIM_STATUS: "클레임상태",
    C.DELIVERY_ATTRIBUTE: "배송속성",
    C.SHIP_BY: "발송기한",
    C.DELAYED_UNTIL: "발송지연일",
    C.ACKNOWLEDGED_AT: "발주확인일시",
    C.SHIPPED_AT: "발송처리일시",
    C.DELIVERED_AT: "배송완료일시",
    C.CONFIRMED_AT: "구매확정일시",
    C.PAY_METHOD: "결제수단",
    C.PRODUCT_ID: "상품번호",
    C.PRODUCT_CODE: "상품코드",
    C.SKU: "SKU",
    C.NAME: "상품명",
    C.OPTION: "옵션정보",
    C.QUANTITY: "주문수량",
    C.CANCELLED: "취소수량",
    C.SHIPPED: "보낸수량",
    C.EXTRA_PRICE: "옵션추가금",
    C.UNIT_PRICE: "판매가",
    C.LINE_TOTAL: "상품금액",
    C.DISCOUNT: "할인금액",
    C.PAID: "결제금액",
    C.SHIPPING_FEE: "배송비(주문)",
    C.BUYER_NAME: "구매자명",
    C.BUYER_PHONE: "구매자연락처",
    C.BUYER_EMAIL: "구매자이메일",
    C.RECIPIENT_NAME: "수취인명",
    C.RECIPIENT_PHONE: "수취인연락처",
    C.ZIPCODE: "우편번호",
    C.ADDRESS: "배송지",
    C.MEMO: "배송메세지",
    C.METHOD: "배송방법",
    C.COURIER: "택배사",
    C.TRACKING_NO: "송장번호",
}
# The words of Smartstore's 발주(주문)확인·발송관리 sheet and of Cafe24's order sheet: filled in by hand or by another
# program it can be given back as a tracking sheet (`fulfilment.services.sheets.layouts`).
NAVER: Final[Mapping[ExportColumn, str]] = {
    C.LINE_NO: "상품주문번호",
    C.ORDER_NO: "주문번호",
    C.METHOD: "배송방법",
    C.COURIER: "택배사",
    C.TRACKING_NO: "송장번호",
    C.SHIPPED_AT: "발송일",
    C.BUYER_NAME: "구매자명",
    C.RECIPIENT_NAME: "수취인명",
    C.STATUS: "주문상태",
    C.PAID_AT: "결제일",
    C.PRODUCT_ID: "상품번호",
    C.NAME: "상품명",
    C.OPTION: "옵션정보",
    C.SKU: "옵션관리코드",
    C.QUANTITY: "수량",
    C.EXTRA_PRICE: "옵션가격",
    C.UNIT_PRICE: "상품가격",
    C.DISCOUNT: "최종 상품별 할인액",
    C.PAID: "최종 상품별 총 주문금액",
    C.ACKNOWLEDGED_AT: "발주확인일",
    C.SHIP_BY: "발송기한",
    C.SHIPPING_FEE: "배송비 합계",
    C.PRODUCT_CODE: "판매자 상품코드",
    C.RECIPIENT_PHONE: "수취인연락처1",
    C.ADDRESS: "통합배송지",
    C.BUYER_PHONE: "구매자연락처",
    C.ZIPCODE: "우편번호",
    C.MEMO: "배송메세지",
    C.PAY_METHOD: "결제수단",
    C.ORDERED_AT: "주문일시",
}
CAFE24: Final[Mapping[ExportColumn, str]] = {
    C.ORDER_NO: "주문번호",
    C.LINE_NO: "품목별 주문번호",
    C.COURIER: "배송업체번호",
    C.TRACKING_NO: "송장번호",
    C.ORDERED_AT: "주문일시",
    C.PAID_AT: "결제일시(입금확인일)",
    C.STATUS: "주문 상태",
    C.NAME: "주문상품명",
    C.OPTION: "상품옵션",
    C.PRODUCT_CODE: "상품코드",
    C.SKU: "상품품목코드",
    C.QUANTITY: "수량",
    C.UNIT_PRICE: "판매가",
    C.EXTRA_PRICE: "옵션추가 가격",
    C.PAID: "상품별 결제금액",
    C.SHIPPING_FEE: "총 배송비",
    C.PAY_METHOD: "결제수단",
    C.BUYER_NAME: "주문자명",
    C.BUYER_PHONE: "주문자 휴대전화",
    C.BUYER_EMAIL: "주문자 이메일",
    C.RECIPIENT_NAME: "수령인",
    C.RECIPIENT_PHONE: "수령인 휴대전화",
    C.ZIPCODE: "수령인 우편번호",
    C.ADDRESS: "수령인 주소(전체)",
    C.MEMO: "배송메시지",
}
HEADINGS: Final[Mapping[Layout, Mapping[ExportColumn, str]]] = {
    Layout.OURS: OURS,
    Layout.NAVER: NAVER,
    Layout.CAFE24: CAFE24,
}
STATUSES: Final[Mapping[OrderStatus, str]] = {
    OrderStatus.PENDING: "결제대기",
    OrderStatus.AWAITING_DEPOSIT: "입금대기",
    OrderStatus.PAID: "신규주문",
    OrderStatus.PREPARING: "배송준비",
    OrderStatus.SHIPPING: "배송중",
    OrderStatus.DELIVERED: "배송완료",
    OrderStatus.CONFIRMED: "구매확정",
    OrderStatus.EXPIRED: "만료",
    OrderStatus.CANCELLED: "취소완료",
    OrderStatus.RETURNED: "반품완료",
    OrderStatus.EXCHANGED: "교환완료",
}
PROCUREMENT: Final = {ProcurementStatus.NONE: "발주 전", ProcurementStatus.CONFIRMED: "발주확인"}
SHIPPING: Final = {
    ShippingStatus.NONE: "배송 전",
    ShippingStatus.READY: "배송대기",
    ShippingStatus.SHIPPING: "배송중",
    ShippingStatus.DELIVERED: "배송완료",
}
ATTRIBUTES: Final = {
    DeliveryAttribute.NORMAL: "일반배송",
    DeliveryAttribute.TODAY: "오늘출발",
    DeliveryAttribute.HOPE: "희망일배송",
    DeliveryAttribute.RESERVED: "예약구매",
}
METHODS: Final = {
    ShipmentMethod.PARCEL: "택배",
    ShipmentMethod.DIRECT: "직접배송",
    ShipmentMethod.QUICK: "퀵서비스",
    ShipmentMethod.VISIT: "방문수령",
    ShipmentMethod.NONE: "배송없음",
}
PAY_METHODS: Final = {
    "CARD": "신용카드",
    "EASY_PAY": "간편결제",
    "TRANSFER": "계좌이체",
    "MOBILE": "휴대폰",
    "VIRTUAL_ACCOUNT": "가상계좌",
    "MANUAL_TRANSFER": "무통장입금",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line with all that its cells are made of."""

    line: OrderLine
    order: Order
    sent: Sequence[Sent]
    book: CourierBook
    is_clear: bool


def headings_of(layout: Layout, columns: Sequence[ExportColumn]) -> list[tuple[ExportColumn, str]]:
    """Return the columns of the file with their headings: those of the layout, or of them the chosen ones as they were
    asked for. A column that the layout lacks has our heading."""
    named = HEADINGS[layout]
    return [(column, named.get(column, OURS[column])) for column in columns] if columns else list(named.items())


def cells_of(row: Row, columns: Sequence[ExportColumn]) -> list[str]:
    """Return the cells of a line."""
    return [CELLS[column](row) for column in columns]


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment.astimezone(KST):%Y-%m-%d %H:%M:%S}"


def _option(line: OrderLine) -> str:
    return " / ".join(part for part in (line.color, line.size) if part)


def _of_line(name: str) -> Callable[[Row], str]:
    def cell(row: Row) -> str:
        value = getattr(row.line, name)
        return "" if value is None else str(value)

    return cell


def _time_of_line(name: str) -> Callable[[Row], str]:
    return lambda row: _moment(getattr(row.line, name))


def _email(row: Row) -> str:
    email = row.order.orderer_email
    return email if row.is_clear or not email else masking.email(email) or ""


def _phone(row: Row, name: str) -> str:
    value: str = getattr(row.order, name)
    return value if row.is_clear else masking.phone(value)


def _person(row: Row, name: str) -> str:
    value: str = getattr(row.order, name)
    return value if row.is_clear else masking.name(value)


def _address(row: Row) -> str:
    detail = row.order.address_detail if row.is_clear or not row.order.address_detail else HIDDEN
    return " ".join(part for part in (row.order.address, detail) if part)


def _joined(words: Sequence[str]) -> str:
    """Return each word once: parcels of one line may share a courier."""
    return ", ".join(dict.fromkeys(word for word in words if word))


def _courier(row: Row) -> str:
    found = [(row.book.get(each.courier), each.courier) for each in row.sent]
    return _joined([courier.name if courier else code for courier, code in found])


CELLS: Final[Mapping[ExportColumn, Callable[[Row], str]]] = {
    **{
        column: _of_line(column.value)
        for column in (
            *(C.LINE_NO, C.SHIP_BY, C.DELAYED_UNTIL, C.PRODUCT_ID, C.PRODUCT_CODE, C.SKU, C.NAME),
            *(C.QUANTITY, C.CANCELLED, C.SHIPPED, C.EXTRA_PRICE, C.UNIT_PRICE, C.LINE_TOTAL),
        )
    },
    **{
        column: _time_of_line(column.value)
        for column in (C.PAID_AT, C.ACKNOWLEDGED_AT, C.SHIPPED_AT, C.DELIVERED_AT, C.CONFIRMED_AT)
    },
    C.ORDER_NO: lambda row: row.order.order_no,
    C.ORDERED_AT: lambda row: _moment(row.order.created_at),
    C.STATUS: lambda row: STATUSES[row.line.status],
    C.PROCUREMENT_STATUS: lambda row: PROCUREMENT[row.line.procurement_status],
    C.SHIPPING_STATUS: lambda row: SHIPPING[row.line.shipping_status],
    C.CLAIM_STATUS: lambda row: "" if row.line.claim_status.value == "NONE" else row.line.claim_status.value,
    C.DELIVERY_ATTRIBUTE: lambda row: ATTRIBUTES[row.line.delivery_attribute],
    C.PAY_METHOD: lambda row: PAY_METHODS.get(row.line.pay_method, row.line.pay_method),
    C.OPTION: lambda row: _option(row.line),
    C.DISCOUNT: lambda row: str(row.line.discount_share),
    C.PAID: lambda row: str(row.line.line_total - row.line.discount_share - row.line.points_share),
    C.SHIPPING_FEE: lambda row: str(row.order.shipping_fee),
    C.BUYER_NAME: lambda row: _person(row, "orderer_name"),
    C.BUYER_PHONE: lambda row: _phone(row, "orderer_phone"),
    C.BUYER_EMAIL: _email,
    C.RECIPIENT_NAME: lambda row: _person(row, "recipient"),
    C.RECIPIENT_PHONE: lambda row: _phone(row, "recipient_phone"),
    C.ZIPCODE: lambda row: row.order.zipcode,
    C.ADDRESS: _address,
    C.MEMO: lambda row: row.order.memo if row.is_clear or not row.order.memo else HIDDEN,
    C.METHOD: lambda row: _joined([METHODS[each.method] for each in row.sent]),
    C.COURIER: _courier,
    C.TRACKING_NO: lambda row: _joined([each.tracking_no for each in row.sent]),
}
PERSONAL: Final = (
    *(C.BUYER_NAME, C.BUYER_PHONE, C.BUYER_EMAIL, C.RECIPIENT_NAME, C.RECIPIENT_PHONE),
    *(C.ADDRESS, C.MEMO),
)
