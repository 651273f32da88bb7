"""Consents of persons (grants), and the codes, tokens and links that come from them."""

import base64
import hashlib
import hmac
import secrets
import sqlite3
from dataclasses import dataclass
from typing import Any, Final, Literal

import orjson

from src.sandbox.calls import NOBODY, Whose
from src.sandbox.clock import now_ms
from src.sandbox.config import OAuthClient, ProviderName
from src.sandbox.oauth import people
from src.sandbox.oauth.people import Person

CODE_SECONDS: Final = 600
TokenKind = Literal["access", "refresh"]


@dataclass(frozen=True, kw_only=True)
class Ask:
    """An authorize request that passed its checks."""

    client: OAuthClient
    redirect_uri: str
    state: str | None
    items: tuple[str, ...]
    """Names of the requested consent items."""
    scope: str = ""
    nonce: str | None = None
    challenge: str | None = None
    method: str = "plain"
    offline: bool = False
    """Google: a refresh token is requested."""
    again: bool = False
    """Google: `prompt=consent`, which issues a refresh token also to a person who consented before."""


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A consent for which a code was issued."""

    id: str
    provider: ProviderName
    client_id: str
    person: str
    redirect_uri: str
    consents: frozenset[str]
    scope: str
    nonce: str | None
    challenge: str | None
    method: str
    offline: bool
    expires_at: int
    used_at: int | None

    def live(self) -> bool:
        """Return True while the code can be exchanged."""
        return self.used_at is None and self.expires_at > now_ms()

    def proves(self, verifier: str) -> bool:
        """Return True if `verifier` matches the challenge (PKCE, RFC 7636 section 4.6)."""
        given = verifier.encode()
        if self.method == "S256":
            given = base64.urlsafe_b64encode(hashlib.sha256(given).digest()).rstrip(b"=")
        return hmac.compare_digest(given, (self.challenge or "").encode())


def create(
    db: sqlite3.Connection, provider: ProviderName, ask: Ask, person: Person, consents: list[str], code: str
) -> str:
    """Store a consent under its code, and return the id of the grant."""
    grant_id = secrets.token_hex(16)
    now = now_ms()
    linked = link_of(db, provider, ask.client.client_id, person.id) is not None
    values = {
        "id": grant_id,
        "provider": provider,
        "code": code,
        "client_id": ask.client.client_id,
        "person": person.id,
        "redirect_uri": ask.redirect_uri,
        "state": ask.state,
        "consents": orjson.dumps(consents).decode(),
        "scope": ask.scope,
        "nonce": ask.nonce,
        "challenge": ask.challenge,
        "method": ask.method,
        "offline": ask.offline and (ask.again or not linked),
        "created_at": now,
        "expires_at": now + CODE_SECONDS * 1000,
    }
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    db.execute(f"INSERT INTO oauth_grants ({names}) VALUES ({marks})", values)  # noqa: S608
    return grant_id


def by_code(db: sqlite3.Connection, provider: ProviderName, code: str) -> Grant | None:
    """Return the grant of a code, even if the code is used or expired."""
    row = db.execute("SELECT * FROM oauth_grants WHERE code = ? AND provider = ?", (code, provider)).fetchone()
    return None if row is None else _grant(row)


def use(db: sqlite3.Connection, grant: Grant) -> None:
    """Mark the code as used, and link the person to the client."""
    now = now_ms()
    db.execute("UPDATE oauth_grants SET used_at = ? WHERE id = ?", (now, grant.id))
    db.execute(
        "INSERT INTO oauth_links (provider, client_id, person, grant_id, connected_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET grant_id = excluded.grant_id",
        (grant.provider, grant.client_id, grant.person, grant.id, now),
    )


def issue(db: sqlite3.Connection, grant: Grant, kind: TokenKind, token: str, seconds: int) -> str:
    """Store a new token, and return it. `seconds` is its lifetime."""
    now = now_ms()
    db.execute(
        "INSERT INTO oauth_tokens (token, kind, grant_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
        (token, kind, grant.id, now, now + seconds * 1000),
    )
    return token


def by_token(
    db: sqlite3.Connection, provider: ProviderName, token: str, kind: TokenKind | None = None
) -> tuple[Grant, int] | None:
    """Return the grant of a valid token and the time in milliseconds at which the token expires."""
    row = db.execute(
        "SELECT g.*, t.expires_at AS token_expires_at FROM oauth_tokens t JOIN oauth_grants g ON g.id = t.grant_id"
        " WHERE t.token = :token AND g.provider = :provider AND t.expires_at > :now"
        " AND (:kind IS NULL OR t.kind = :kind)",
        {"token": token, "provider": provider, "now": now_ms(), "kind": kind},
    ).fetchone()
    return None if row is None else (_grant(row), row["token_expires_at"])


def drop_token(db: sqlite3.Connection, token: str) -> None:
    """Delete one token."""
    db.execute("DELETE FROM oauth_tokens WHERE token = ?", (token,))


def link_of(db: sqlite3.Connection, provider: ProviderName, client_id: str, person: str) -> tuple[Grant, int] | None:
    """Return the latest grant of a linked person and the time in milliseconds at which the link began."""
    row = db.execute(
        "SELECT g.*, l.connected_at FROM oauth_links l JOIN oauth_grants g ON g.id = l.grant_id"
        " WHERE l.provider = ? AND l.client_id = ? AND l.person = ?",
        (provider, client_id, person),
    ).fetchone()
    return None if row is None else (_grant(row), row["connected_at"])


def unlink(db: sqlite3.Connection, provider: ProviderName, client_id: str, person: str) -> None:
    """Remove the link and all its tokens, and mark its unused codes as used."""
    which = (provider, client_id, person)
    of_them = "SELECT id FROM oauth_grants WHERE provider = ? AND client_id = ? AND person = ?"
    db.execute(f"DELETE FROM oauth_tokens WHERE grant_id IN ({of_them})", which)  # noqa: S608
    db.execute("DELETE FROM oauth_links WHERE provider = ? AND client_id = ? AND person = ?", which)
    db.execute(f"UPDATE oauth_grants SET used_at = coalesce(used_at, ?) WHERE id IN ({of_them})", (now_ms(), *which))  # noqa: S608


def links(db: sqlite3.Connection, provider: ProviderName) -> list[dict[str, Any]]:
    """Return the links of persons and clients, oldest first; times are milliseconds."""
    rows = db.execute(
        "SELECT l.client_id, l.person, l.connected_at, g.consents FROM oauth_links l"
        " JOIN oauth_grants g ON g.id = l.grant_id WHERE l.provider = ? ORDER BY l.connected_at, l.person",
        (provider,),
    ).fetchall()
    return [
        {
            "client_id": row["client_id"],
            "person": row["person"],
            "subject": "" if (person := people.find(db, row["person"])) is None else person.subject(provider),
            "connected_at": row["connected_at"],
            "consents": orjson.loads(row["consents"]),
        }
        for row in rows
    ]


def whose(db: sqlite3.Connection, provider: ProviderName, *, code: str = "", tokens: tuple[str, ...] = ()) -> Whose:
    """Return the person and the sign-in of a request with this code or one of these tokens; else `NOBODY`."""
    grant = by_code(db, provider, code) if code else None
    for token in tokens:
        found = by_token(db, provider, token) if token else None
        grant = grant or (None if found is None else found[0])
    return NOBODY if grant is None else Whose(grant.person, grant.id)


def _grant(row: sqlite3.Row) -> Grant:
    return Grant(
        id=row["id"],
        provider=row["provider"],
        client_id=row["client_id"],
        person=row["person"],
        redirect_uri=row["redirect_uri"],
        consents=frozenset(orjson.loads(row["consents"])),
        scope=row["scope"],
        nonce=row["nonce"],
        challenge=row["challenge"],
        method=row["method"],
        offline=bool(row["offline"]),
        expires_at=row["expires_at"],
        used_at=row["used_at"],
    )
