"""The jobs of the shop with their functions and schedules.

A new job is one line here. The rules stay in the domains; this module only defines when their functions are called.
"""

import logging
from collections.abc import Awaitable, Callable
from datetime import time
from functools import partial
from typing import Any, Final

from src.app.auth.services.verification.cleanup import remove_spent
from src.app.checkout.services.expiring import expire_due
from src.app.checkout.services.reconciling import reconcile
from src.app.checkout.services.rereading import reread_due
from src.app.checkout.services.webhook_inbox import process_inbox
from src.app.desk.services.filling import fill_order_lines
from src.app.escrow.services import telling as escrow
from src.app.event.services import views as event_views
from src.app.fulfilment.services.confirmation import confirm_due
from src.app.fulfilment.services.due_days import set_missing_due_days
from src.app.fulfilment.services.scans import asking, assuming, inbox
from src.app.fulfilment.services.shipments import telling
from src.app.notice.services import policy_versions
from src.app.notice.services import views as notice_views
from src.app.notification.services.delivery import delivering, forgetting
from src.app.notification.services.phone import polling
from src.app.order.services.archiving import archive_closed
from src.app.order.services.effects.filling import fill_missing
from src.app.order.services.popularity import count_popularity
from src.app.outbound.services.deliveries import cleanup as outbound_trimming
from src.app.outbound.services.deliveries import sending as outbound_sending
from src.app.payment.services.channels import memory as payment_channels
from src.app.payment.services.refunds.sending import send_due
from src.app.payment.services.webhooks.receive import HEAD_START
from src.app.product.services.prices import settle
from src.app.product.services.restock import alerts, sending
from src.app.product.services.search import id_sets
from src.app.product.services.search.indexing import index_all_missing
from src.app.product.services.stock.low_stock import tell_low_stock
from src.app.receipt.services import sending as receipts
from src.app.receipt.services.following import follow_changed
from src.app.search.services.counting import flush, store
from src.app.settlement.services.clearing.report import clear_orders
from src.app.settlement.services.entries import settle_entries
from src.app.settlement.services.filling import fill_journal
from src.app.user.services.withdrawing import finish_due
from src.common.http.idempotency import forget_old
from src.common.media.sweeping import sweep_orphan_images
from src.common.records import anonymising
from src.common.records.invariants import check_invariants
from src.common.records.personal_data import enforce_retention
from src.common.work import task_files, tasks
from src.common.work.jobs import JobSpec
from src.core.configs import settings
from src.worker.events.relay import BATCH, GATHER_SECONDS, relay_outbox
from src.worker.jobs import long_tasks
from src.worker.jobs.cleanup import forget_done
from src.worker.messages.lines import remind_confirmations
from src.worker.messages.reminding import remind_deposits
from src.worker.messages.staff import tell_ship_by
from src.worker.transport.base import Transport
from src.worker.transport.local import INLINE

logger = logging.getLogger(__name__)

HOUR: Final = 3600.0


async def flush_views() -> int:
    """Write the views counted in this worker to notices and events, and return the number of written rows."""
    return await notice_views.flush() + await event_views.flush()


def specs(transport: Transport = INLINE) -> dict[str, JobSpec]:
    """Return all jobs by name. `transport` carries events and long tasks to their executors."""
    jobs = (*_rows(transport), *_memory(), *_of_the_shop(), *_of_money(), *_of_records())
    return {spec.name: spec for spec in jobs}


def _rows(transport: Transport) -> tuple[JobSpec, ...]:
    """Return the jobs that take rows of work. They run in every worker; each row is taken by one worker."""
    relay = partial(relay_outbox, transport=transport)
    return (
        # Most webhooks find their payment settled by the browser that came back meanwhile, and need no read.
        job(
            "process-inbox",
            process_inbox,
            2,
            "결제 웹훅 처리 / Process the webhooks of PortOne",
            gather=0.4,
            most=100,
            looks=partial(process_inbox, head_start=HEAD_START),
        ),
        job("read-scans", inbox.read_due, 5, "배송 스캔 읽기 / Read the scans that were sent"),
        job("send-refunds", send_due, 2, "환불 요청 전송 / Send refunds that are due"),
        job("tell-escrow", escrow.tell_due, 5, "에스크로 배송 등록·구매확정 / Tell the provider of escrow goods"),
        job("send-cash-receipts", receipts.send_due, 5, "현금영수증 발급·취소 / Issue and cancel cash receipts"),
        job(
            "relay-outbox",
            relay,
            2,
            "이벤트 전달 / Carry events to their handlers",
            needs_redis=True,
            gather=GATHER_SECONDS,
            most=BATCH,
        ),
        job("reread-payments", reread_due, 5, "종료된 주문의 결제 재확인 / Read payments of ended orders again"),
        job(tasks.JOB, partial(long_tasks.send_due, transport=transport), 2, "큰 작업 처리 / Do long tasks: imports"),
        job(
            "send-messages",
            delivering.send_due,
            2,
            "메시지 발송 / Send messages to shoppers",
            gather=0.4,
            most=delivering.BATCH,
        ),
        job("send-outbound-webhooks", outbound_sending.send_due, 2, "외부 웹훅 발송 / Send outgoing webhooks"),
        job("send-restock-alerts", sending.send_due, 10, "재입고 알림 발송 / Send restock alerts"),
    )


def _memory() -> tuple[JobSpec, ...]:
    """Return the jobs that fill or flush the memory of a web process."""
    return (
        job("refresh-policies", policy_versions.refresh, 2, "약관 버전 읽기 / Read the published policies", local=True),
        job(
            "refresh-payment-channels",
            payment_channels.refresh,
            2,
            "결제 채널 읽기 / Read the payment channels",
            local=True,
        ),
        job("flush-views", flush_views, 5, "조회수 저장 / Store the views that were counted", local=True),
        job("count-products", id_sets.keep, 20, "상품 집계 / Count products by filter", local=True),
        job("note-searches", flush, 10, "검색어 집계 / Count searches", local=True, needs_redis=True),
    )


def _of_the_shop() -> tuple[JobSpec, ...]:
    """Return the scheduled jobs whose effect shoppers and staff notice."""
    expiry = float(settings().orders.expiry_interval_seconds)
    at_once = partial(job, single=True, priority="high")
    in_time = partial(job, single=True)
    return (
        at_once("expire-orders", expire_due, expiry, "미결제 주문 만료 / Expire unpaid orders"),
        at_once("settle-prices", settle, 10, "할인 기간 시작·종료 반영 / Begin and end discount periods"),
        in_time("finish-withdrawals", finish_due, 60, "회원 탈퇴 완료 / Finish withdrawals whose grace is over"),
        in_time("reconcile-payments", reconcile, 300, "포트원 결제 대사 / Compare payments with PortOne"),
        in_time("follow-cash-receipts", follow_changed, 300, "현금영수증 금액 확인 / Compare cash receipts"),
        in_time("remind-deposits", remind_deposits, 300, "입금 기한 안내 / Remind of deposits that are due"),
        in_time("remind-confirmations", remind_confirmations, HOUR, "자동 구매확정 안내 / Announce confirmations"),
        in_time(
            "poll-message-results", polling.poll_due, 15, "문자·알림톡 결과 조회 / Ask what became of text messages"
        ),
        in_time("tell-shipments", telling.tell_due, 10, "발송 안내 / Tell shoppers of parcels that nobody scanned"),
        in_time("poll-parcels", asking.poll_due, 30, "배송 조회 / Ask couriers where parcels are"),
        in_time("assume-delivered", assuming.assume_delivered, HOUR, "배송완료 간주 / End what nobody tells of"),
        in_time("tell-ship-by", tell_ship_by, 600, "발송 기한 알림 / Tell staff what is to be sent today"),
        in_time("tell-low-stock", tell_low_stock, 30, "재고 부족 알림 / Tell staff of low stock"),
        in_time("index-products", index_all_missing, 60, "검색 색인 보완 / Index products that search does not know"),
        in_time("count-popularity", count_popularity, HOUR, "인기 상품 집계 / Count what sells"),
        in_time("store-search-terms", store, 300, "인기 검색어 저장 / Store popular search terms", needs_redis=True),
        in_time(
            "check-invariants", check_invariants, 600, "재고·결제 정합성 점검 / Check the promises of stock and money"
        ),
    )


def _of_records() -> tuple[JobSpec, ...]:
    """Return the scheduled jobs that anonymise, archive or delete records."""
    later = partial(job, single=True, priority="low")
    return (
        later(
            "anonymise-former-members",
            anonymising.anonymise_due,
            600,
            "탈퇴 회원 기록 분리 보관 / Keep former members' records apart",
        ),
        later("purge-legal-records", anonymising.purge, HOUR, "보존 기간이 지난 기록 파기 / Delete old legal records"),
        later(
            "enforce-retention",
            enforce_retention,
            24 * HOUR,
            "보존 기간이 지난 개인정보 파기 / Erase personal data past its period",
            daily=time(4, 40),
        ),
        later("forget-spent-codes", remove_spent, HOUR, "사용한 인증번호 삭제 / Delete spent codes and reset links"),
        later(
            "forget-restock-alerts",
            alerts.forget_old,
            HOUR,
            "지난 재입고 신청 삭제 / Delete old restock alerts",
        ),
        later("sweep-task-files", task_files.sweep, HOUR, "지난 작업 파일 삭제 / Delete files of old tasks"),
        later(
            "order-effects",
            fill_missing,
            600,
            "지난 주문의 부가세·할인 내역 채우기 / Give older orders VAT and effects",
        ),
        later(
            "fill-order-lines",
            fill_order_lines,
            HOUR,
            "이전 주문의 검색 항목 채우기 / Fill what older lines are found by",
        ),
        later("confirm-purchases", confirm_due, HOUR, "구매 자동 확정 / Confirm purchases by themselves"),
        later("set-due-days", set_missing_due_days, HOUR, "발송 기한 채우기 / Set by when lines are sent"),
        later("archive-orders", archive_closed, HOUR, "종료된 주문 보관 / Archive closed orders"),
        later("forget-messages", forgetting.forget_old, HOUR, "지난 메시지 내용 삭제 / Empty old messages"),
        later("trim-outbound-deliveries", outbound_trimming.trim, HOUR, "지난 웹훅 기록 삭제 / Delete old deliveries"),
        later("forget-idempotency-keys", forget_old, HOUR, "만료된 멱등성 키 삭제 / Delete idempotency keys past 48 h"),
        later(
            "sweep-orphan-images",
            sweep_orphan_images,
            6 * HOUR,
            "쓰이지 않는 이미지 정리 / Delete pictures nothing shows",
        ),
        later(
            "forget-done-work",
            forget_done,
            24 * HOUR,
            "끝난 작업 기록 삭제 / Delete work done long ago",
            daily=time(4, 10),
        ),
    )


def _of_money() -> tuple[JobSpec, ...]:
    """Return the scheduled jobs of the journal."""
    later = partial(job, single=True, priority="low")
    return (
        later("fill-journal", fill_journal, 600, "지난 주문 원장 기록 / Write older orders into the journal"),
        later("settle-entries", settle_entries, 300, "결제사 정산 계산 / Reckon what the provider pays out"),
        later(
            "clear-orders",
            clear_orders,
            24 * HOUR,
            "주문 금액 대사 / Find orders that do not clear",
            daily=time(4, 20),
        ),
    )


def job(name: str, work: Callable[[], Awaitable[int]], every: float, title: str, **more: Any) -> JobSpec:
    """Return one job; `title` is in Korean and English, separated by ' / '. `more` are other fields of `JobSpec`."""
    ko, _, en = title.partition(" / ")
    return JobSpec(name=name, work=work, every=every, ko=ko, en=en, **more)
