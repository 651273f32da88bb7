"""The tables of the tracking simulator. Times are milliseconds since 1970."""

from typing import Final

SCHEMA: Final = """
CREATE TABLE tracking_parcels (
    courier TEXT NOT NULL,
    number TEXT NOT NULL,
    is_wrong INTEGER NOT NULL DEFAULT 0,
    moved_at INTEGER NOT NULL,
    PRIMARY KEY (courier, number)
) WITHOUT ROWID;
CREATE INDEX tracking_parcels_moved ON tracking_parcels (moved_at);

CREATE TABLE tracking_scans (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    courier TEXT NOT NULL,
    number TEXT NOT NULL,
    at INTEGER NOT NULL,
    status TEXT NOT NULL,
    level INTEGER NOT NULL,
    place TEXT NOT NULL,
    words TEXT NOT NULL
);
CREATE INDEX tracking_scans_parcel ON tracking_scans (courier, number);

CREATE TABLE tracking_pushes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL,
    courier TEXT NOT NULL,
    number TEXT NOT NULL,
    body BLOB NOT NULL,
    forged INTEGER NOT NULL,
    state TEXT NOT NULL,
    executions INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL,
    lease_owner TEXT NOT NULL DEFAULT '',
    lease_until INTEGER NOT NULL DEFAULT 0,
    attempts TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX tracking_pushes_due ON tracking_pushes (due_at, lease_until) WHERE state = 'PENDING'
"""
