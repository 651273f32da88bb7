"""The tables of the sign-in providers. Times are milliseconds since 1970."""

from typing import Final

SCHEMA: Final = """
CREATE TABLE oauth_people (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    doc BLOB NOT NULL
);

CREATE TABLE oauth_grants (
    id TEXT PRIMARY KEY,
    provider TEXT NOT NULL,
    code TEXT NOT NULL UNIQUE,
    client_id TEXT NOT NULL,
    person TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    state TEXT,
    consents TEXT NOT NULL,
    scope TEXT NOT NULL,
    nonce TEXT,
    challenge TEXT,
    method TEXT NOT NULL,
    offline INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) WITHOUT ROWID;

CREATE TABLE oauth_tokens (
    token TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    grant_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX oauth_tokens_grant ON oauth_tokens (grant_id);

CREATE TABLE oauth_links (
    provider TEXT NOT NULL,
    client_id TEXT NOT NULL,
    person TEXT NOT NULL,
    grant_id TEXT NOT NULL,
    connected_at INTEGER NOT NULL,
    PRIMARY KEY (provider, client_id, person)
) WITHOUT ROWID;

CREATE TABLE oauth_keys (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    kid TEXT NOT NULL UNIQUE,
    pem BLOB NOT NULL,
    published INTEGER NOT NULL
)
"""
