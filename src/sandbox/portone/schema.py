"""The tables of the PortOne simulator. Times are milliseconds since 1970."""

from typing import Final

SCHEMA: Final = """
CREATE TABLE portone_payments (
    id TEXT PRIMARY KEY,
    registered_amount INTEGER,
    registered_tax_free INTEGER,
    registered_currency TEXT,
    payment_token TEXT,
    pay_method TEXT,
    status TEXT,
    currency TEXT,
    requested_at INTEGER,
    status_changed_at INTEGER,
    changed_at INTEGER,
    doc BLOB
);
CREATE INDEX portone_payments_requested ON portone_payments (requested_at) WHERE status IS NOT NULL;
CREATE INDEX portone_payments_changed ON portone_payments (changed_at) WHERE status IS NOT NULL;

CREATE TABLE portone_transactions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    payment_id TEXT NOT NULL,
    doc BLOB NOT NULL
);
CREATE INDEX portone_transactions_payment ON portone_transactions (payment_id);

CREATE TABLE portone_events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    created_at INTEGER NOT NULL,
    doc BLOB NOT NULL
);
CREATE INDEX portone_events_created ON portone_events (created_at);

CREATE TABLE portone_cash_receipts (
    payment_id TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    is_manual INTEGER NOT NULL,
    issued_at INTEGER NOT NULL,
    cancelled_at INTEGER,
    doc BLOB NOT NULL
);
CREATE INDEX portone_cash_receipts_issued ON portone_cash_receipts (issued_at);

CREATE TABLE portone_deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook_id TEXT NOT NULL,
    payment_id TEXT NOT NULL,
    type TEXT NOT NULL,
    trigger_word TEXT,
    body BLOB NOT NULL,
    forged INTEGER NOT NULL,
    state TEXT NOT NULL,
    executions INTEGER NOT NULL DEFAULT 0,
    max_executions INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    after_seq INTEGER,
    lease_owner TEXT NOT NULL,
    lease_until INTEGER NOT NULL,
    attempts TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX portone_deliveries_due ON portone_deliveries (due_at, lease_until) WHERE state = 'PENDING';
CREATE INDEX portone_deliveries_payment ON portone_deliveries (payment_id);
CREATE INDEX portone_deliveries_webhook ON portone_deliveries (webhook_id);

CREATE TABLE portone_answers (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    busy_until INTEGER NOT NULL,
    status INTEGER,
    body BLOB
) WITHOUT ROWID;
CREATE INDEX portone_answers_created ON portone_answers (created_at);

CREATE TABLE portone_faults (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    operation TEXT NOT NULL,
    kind TEXT NOT NULL,
    payment_id TEXT,
    left_over INTEGER NOT NULL
)
"""
