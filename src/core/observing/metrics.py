"""All metrics that a process counts itself. Readings of the database and Redis are in `src.worker.process.gauges`.

Names end in their unit; counters end in ``_total``. The labels job and instance are reserved for Prometheus.
tests/deploy compares the names with the dashboard and the alert rules.
"""

from src.core.observing.families import MICRO, Counter, Gauge, Histogram, MetricFamily

REQUESTS = MetricFamily(
    Counter, "shop_http_requests_total", "Answered requests.", labels=("method", "route", "status")
)  # fmt: skip
REQUEST_SECONDS = MetricFamily(
    Histogram, "shop_http_request_seconds", "From the first byte read to the last byte sent.", labels=("method", "route")
)  # fmt: skip
REQUESTS_UNDER_WAY = MetricFamily(Gauge, "shop_http_requests_under_way", "Requests that are not answered yet.")
UNHANDLED = MetricFamily(
    Counter, "shop_http_unhandled_errors_total", "Requests that ended in an error nobody expected."
)

STATEMENT_SECONDS = MetricFamily(
    Histogram, "shop_database_statement_seconds", "SQL statements, waiting for one included."
)
SLOW_STATEMENTS = MetricFamily(Counter, "shop_database_slow_statements_total", "Statements slower than SLOW_QUERY_MS.")
POOL_WAIT_SECONDS = MetricFamily(Histogram, "shop_database_pool_wait_seconds", "Waiting for a connection of the pool.")
POOL_CONNECTIONS = MetricFamily(
    Gauge, "shop_database_pool_connections", "Connections of each worker's pool, and its size limit.",
    labels=("state",), known=(("used",), ("free",), ("limit",)), per_process=True,
)  # fmt: skip
POOL_WAITING = MetricFamily(
    Gauge, "shop_database_pool_waiting", "Who waits for a connection of the pool now.", per_process=True
)  # fmt: skip
POOL_GAVE_UP = MetricFamily(
    Counter, "shop_database_pool_gave_up_total", "Waits for a connection of the pool that DB_POOL_WAIT_SECONDS ended."
)  # fmt: skip
POOL_OPENED = MetricFamily(
    Counter, "shop_database_connections_opened_total", "Connections to the database that were opened."
)
POOL_CLOSED = MetricFamily(
    Counter, "shop_database_connections_closed_total",
    "Connections that were ended: recycled after DB_POOL_RECYCLE_SECONDS, hung for DB_READ_TIMEOUT_SECONDS.",
    labels=("why",), known=(("recycled",), ("hung",)),
)  # fmt: skip
REDIS_CONNECTIONS = MetricFamily(
    Gauge, "shop_redis_pool_connections", "Connections of each worker to Redis.",
    labels=("state",), known=(("used",), ("idle",)), per_process=True,
)  # fmt: skip

CACHE_READS = MetricFamily(
    Counter, "shop_cache_reads_total", "Looks into a cache: hit, stale (answered, renewed behind), miss.",
    labels=("cache", "outcome"), known=(("me", "hit"), ("me", "miss")),
)  # fmt: skip
CACHE_BYTES = MetricFamily(
    Gauge, "shop_cache_bytes", "What a worker's cache holds, overhead included.", labels=("cache",), per_process=True
)  # fmt: skip

VENDOR_CALLS = MetricFamily(
    Counter, "shop_vendor_calls_total", "Calls of others: ok, declined, unreachable, nonsense, broken (our own fault).",
    labels=("vendor", "operation", "outcome"),
)  # fmt: skip
VENDOR_SECONDS = MetricFamily(
    Histogram, "shop_vendor_call_seconds", "How long others took to answer.", labels=("vendor", "operation")
)  # fmt: skip

DELIVERIES = MetricFamily(
    Counter, "shop_message_deliveries_total", "Messages to telephones whose end the provider told.",
    labels=("channel", "outcome"),
    known=(("sms", "DELIVERED"), ("sms", "FAILED"), ("alimtalk", "DELIVERED"), ("alimtalk", "FAILED")),
)  # fmt: skip

ORDER_MOVES = MetricFamily(
    Counter, "shop_orders_total", "Orders that came to a status; PENDING are those that were placed.",
    labels=("status",), known=tuple((s,) for s in ("PENDING", "AWAITING_DEPOSIT", "PAID", "EXPIRED", "CANCELLED")),
)  # fmt: skip
PAYMENT_VERDICTS = MetricFamily(
    Counter, "shop_payment_verdicts_total", "What became of money that was paid.",
    labels=("verdict",), known=(("SETTLED",), ("MISMATCH",), ("LATE",), ("DUPLICATE",)),
)  # fmt: skip
WEBHOOKS = MetricFamily(
    Counter, "shop_webhooks_total", "Messages of vendors: stored, repeated, refused.",
    labels=("source", "outcome"), known=(("portone", "stored"), ("portone", "repeated"), ("portone", "refused"),
           ("tracking", "stored"), ("tracking", "repeated"), ("tracking", "refused")),
)  # fmt: skip
SIGN_INS = MetricFamily(
    Counter, "shop_sign_ins_total", "Sign-ins by password.", labels=("kind", "outcome"),
    known=(("member", "ok"), ("member", "failed"), ("staff", "ok"), ("staff", "failed")),
)  # fmt: skip
EVENTS = MetricFamily(Counter, "shop_events_total", "Events that were committed to the outbox.", labels=("topic",))
JOB_RUNS = MetricFamily(
    Counter, "shop_job_runs_total", "Runs of jobs by the runner.", labels=("name", "outcome")
)  # fmt: skip

LOG_LINES_LOST = MetricFamily(
    Counter, "shop_log_lines_lost_total", "Log lines that could not be written.",
    labels=("sink",), known=(("stdout",), ("file",)),
)  # fmt: skip
LOG_DISK_FREE = MetricFamily(
    Gauge, "shop_log_disk_free_bytes", "Free space where the log files lie; -1 without LOG_DIR.", per_process=True
)  # fmt: skip
ERROR_REPORTS = MetricFamily(
    Counter, "shop_error_reports_total", "Failures told to ERROR_HOOK.",
    labels=("outcome",), known=(("told",), ("failed",), ("dropped",)),
)  # fmt: skip

RESIDENT_BYTES = MetricFamily(Gauge, "shop_process_resident_bytes", "Memory of the process.", per_process=True)
CPU_SECONDS = MetricFamily(
    Gauge, "shop_process_cpu_seconds", "CPU since the start of the process.", per_process=True, scale=MICRO
)  # fmt: skip
LOOP_LAG = MetricFamily(
    Gauge, "shop_event_loop_lag_seconds", "How late the last beat came: what every request waits.",
    per_process=True, scale=MICRO,
)  # fmt: skip
BUILD = MetricFamily(
    Gauge, "shop_build_processes", "Living processes by what runs in them.", labels=("revision",)
)  # fmt: skip
BEAT_AT = MetricFamily(Gauge, "shop_process_beat_timestamp_seconds", "When the process last beat.", per_process=True)
BACKGROUND = MetricFamily(
    Gauge, "shop_background_tasks", "Messages that are sent behind an answer now.", per_process=True
)
