"""Switches that make the simulated vendors other than PortOne misbehave a given number of times.

PortOne has its own (`portone.faults`), because its errors are documented types. All switches are set by
`PUT /control/faults`.
"""

import sqlite3
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, model_validator

from src.sandbox.web import MAX_ID, Answer, Text

SCHEMA: Final = """
CREATE TABLE vendor_faults (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    operation TEXT NOT NULL,
    kind TEXT NOT NULL,
    person TEXT,
    grant_id TEXT,
    left_over INTEGER NOT NULL
)
"""

INSTEAD: Final = {
    "error_500": Answer(500, b"Internal Server Error", "text/plain"),
    "error_503": Answer(503, b"Service Unavailable", "text/plain"),
    "error_429": Answer(429, b"Too Many Requests", "text/plain"),
    "garbage": Answer(200, b"<html><body>It works!</body></html>", "text/html"),
}
"""Answers of a gateway in front of the vendor: the effect does not run."""
TIMED_OUT: Final = Answer(504, b"Gateway Timeout", "text/plain")
AROUND: Final = frozenset({"timeout_before", "timeout_after", "slow", "error_500_after"})
"""timeout_before: wait, 504, nothing done. timeout_after: done, then wait. slow: wait, then done.
error_500_after: done, but the answer is 500."""

_TOKEN: Final = frozenset({"used_code", "wrong_secret", "missing_access_token", "extra_fields"})
_ID_TOKEN: Final = frozenset(
    {
        "id_token_missing",
        "id_token_wrong_aud",
        "id_token_wrong_iss",
        "id_token_expired",
        "id_token_wrong_nonce",
        "id_token_missing_nonce",
        "id_token_alg_none",
        "id_token_alg_hs256",
        "id_token_other_key",
        "id_token_unknown_kid",
        "id_token_tampered",
    }
)
_REDIRECT: Final = frozenset({"wrong_state", "missing_state", "server_error"})
BENDS: Final[dict[str, frozenset[str]]] = {
    "kakao_authorize": _REDIRECT,
    "kakao_token": _TOKEN | _ID_TOKEN | {"rate_limit"},
    "kakao_profile": frozenset(
        {"missing_email", "unverified_email", "no_account", "no_properties", "mismatch", "bad_token", "unlinked"}
    ),
    "kakao_unlink": frozenset({"bad_token", "unlinked"}),
    "kakao_certs": frozenset({"no_keys", "other_keys"}),
    "naver_authorize": _REDIRECT,
    "naver_token": _TOKEN | {"number_expires_in"},
    "naver_profile": frozenset(
        {"missing_email", "missing_id", "missing_response", "mismatch", "bad_token", "bad_token_200"}
    ),
    "naver_unlink": frozenset({"temporarily_unavailable"}),
    "google_authorize": _REDIRECT,
    "google_token": _TOKEN | _ID_TOKEN | {"missing_email", "unverified_email", "id_token_old_iss"},
    "google_profile": frozenset({"missing_email", "unverified_email", "mismatch", "bad_token"}),
    "google_certs": frozenset({"no_keys", "other_keys"}),
    "google_unlink": frozenset({"bad_token"}),
    "mail": frozenset({"refused", "undelivered"}),
    "sms": frozenset({"throttle", "quota", "unauthorized", "service_error", "undelivered"}),
    "receiver": frozenset({"gone", "redirect", "huge"}),
    "sms_result": frozenset({"throttle", "quota", "unauthorized", "pending", "failed"}),
    "alimtalk_result": frozenset({"throttle", "quota", "unauthorized", "pending", "failed"}),
    "alimtalk": frozenset({"throttle", "quota", "unauthorized", "service_error", "undelivered", "rejected"}),
    "tracking": frozenset({"quota", "other_parcel", "no_details"}),
}
"""Faults of each operation, in addition to `INSTEAD` and `AROUND`. `*_authorize` operations have only those listed
here."""


class Switch(BaseModel):
    """One switch. With `person` it applies only to that person's sign-ins, to the receiver of that name, or to the
    parcel of that number."""

    model_config = ConfigDict(extra="forbid")

    operation: Annotated[Text, Field(max_length=50)]
    kind: Annotated[Text, Field(max_length=100)]
    times: Annotated[int, Field(strict=True, ge=1, le=1_000_000)] = 1
    person: Annotated[Text, Field(min_length=1, max_length=MAX_ID)] | None = None

    @model_validator(mode="after")
    def _fits(self) -> "Switch":
        possible = kinds(self.operation)
        if self.kind not in possible:
            raise ValueError(f"kind: {self.operation} knows {', '.join(sorted(possible))}")
        if self.person is not None and self.operation in (
            "mail",
            "sms",
            "sms_result",
            "alimtalk",
            "alimtalk_result",
            "google_certs",
        ):
            raise ValueError(f"person: {self.operation} has none")
        return self


def kinds(operation: str) -> frozenset[str]:
    """Return the kinds of fault of `operation`; none for an unknown one."""
    if operation.endswith("_authorize"):
        return BENDS.get(operation, frozenset())
    return BENDS[operation] | INSTEAD.keys() | AROUND if operation in BENDS else frozenset()


def put_in(db: sqlite3.Connection, switches: list[Switch], grant_id: str | None = None) -> None:
    """Add switches after those that are set. With `grant_id` they apply only to that sign-in."""
    db.executemany(
        "INSERT INTO vendor_faults (operation, kind, person, grant_id, left_over) VALUES (?, ?, ?, ?, ?)",
        [(switch.operation, switch.kind, switch.person, grant_id, switch.times) for switch in switches],
    )


def clear(db: sqlite3.Connection) -> None:
    """Remove all switches."""
    db.execute("DELETE FROM vendor_faults")


def listing(db: sqlite3.Connection) -> list[dict[str, Any]]:
    """Return the switches in the order in which they are tried; `left` is how often each still applies."""
    rows = db.execute("SELECT operation, kind, person, left_over FROM vendor_faults ORDER BY seq").fetchall()
    return [
        {"operation": row["operation"], "kind": row["kind"], "person": row["person"], "left": row["left_over"]}
        for row in rows
    ]


def any_set(db: sqlite3.Connection) -> bool:
    """Return True if a read must check for switches."""
    return db.execute("SELECT 1 FROM vendor_faults WHERE left_over > 0 LIMIT 1").fetchone() is not None


def take(
    db: sqlite3.Connection, operation: str, *, person: str | None = None, grant_id: str | None = None
) -> str | None:
    """Use the first matching switch once, in the caller's write transaction, and return its kind; None if none
    matches."""
    row = db.execute(
        "UPDATE vendor_faults SET left_over = left_over - 1 WHERE seq ="
        " (SELECT seq FROM vendor_faults WHERE left_over > 0 AND operation = ?"
        " AND (person IS NULL OR person = ?) AND (grant_id IS NULL OR grant_id = ?) ORDER BY seq LIMIT 1)"
        " RETURNING kind",
        (operation, person, grant_id),
    ).fetchone()
    return None if row is None else str(row["kind"])
