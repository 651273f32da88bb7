"""Parcels, and what can happen to one."""

import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from src.sandbox.clock import now_ms, rfc3339

COMPANIES: Final = {
    "01": "우체국택배",
    "04": "CJ대한통운",
    "05": "한진택배",
    "06": "로젠택배",
    "08": "롯데택배",
    "11": "일양로지스",
    "17": "천일택배",
    "22": "대신택배",
    "23": "경동택배",
    "24": "GS Postbox 택배",
    "32": "합동택배",
    "46": "CU 편의점택배",
}
"""The couriers by the service's numbers."""
SHOWN: Final = 100


class Action(StrEnum):
    """What happens to a parcel. All but WRONG_NUMBER are scans."""

    REGISTER = "register"
    PICK_UP = "pick_up"
    TRANSIT = "transit"
    ARRIVE = "arrive"
    OUT_FOR_DELIVERY = "out_for_delivery"
    FAIL_ATTEMPT = "fail_attempt"
    STORE = "store"
    DELIVER = "deliver"
    LOSE = "lose"
    RETURN = "return"
    STEP_BACK = "step_back"
    UNKNOWN_WORD = "unknown_word"
    WRONG_NUMBER = "wrong_number"


@dataclass(frozen=True)
class Move:
    """A scan: the word of the pushes, level and words of the service, the place, and the label of its button."""

    status: str
    level: int
    words: str
    place: str
    label: str


MOVES: Final = {
    Action.REGISTER: Move("INFORMATION_RECEIVED", 1, "운송장 등록", "보내는 곳", "접수 / Registered"),
    Action.PICK_UP: Move("AT_PICKUP", 2, "집화처리", "서울강남", "집화 / Picked up"),
    Action.TRANSIT: Move("IN_TRANSIT", 3, "간선상차", "대전HUB", "이동 중 / In transit"),
    Action.ARRIVE: Move("IN_TRANSIT", 4, "배달지 도착", "부산해운대", "배달지 도착 / At the branch"),
    Action.OUT_FOR_DELIVERY: Move("OUT_FOR_DELIVERY", 5, "배달출발", "부산해운대", "배달 출발 / Out for delivery"),
    Action.FAIL_ATTEMPT: Move("ATTEMPT_FAIL", 5, "미배달 (수취인 부재)", "부산해운대", "배달 실패 / Attempt failed"),
    Action.STORE: Move("AVAILABLE_FOR_PICKUP", 5, "무인보관함 보관", "부산해운대", "보관 / To be picked up"),
    Action.DELIVER: Move("DELIVERED", 6, "배달완료", "부산해운대", "배달 완료 / Delivered"),
    Action.LOSE: Move("EXCEPTION", 4, "분실", "대전HUB", "분실 / Lost"),
    Action.RETURN: Move("EXCEPTION", 4, "반송", "부산해운대", "반송 / Back to the sender"),
    Action.UNKNOWN_WORD: Move("UNKNOWN", 0, "기타 처리", "대전HUB", "모르는 말 / Unknown word"),
}
BACK: Final = {
    1: MOVES[Action.REGISTER],
    2: MOVES[Action.PICK_UP],
    3: Move("IN_TRANSIT", 3, "간선하차", "옥천HUB", ""),
    4: MOVES[Action.ARRIVE],
    5: MOVES[Action.OUT_FOR_DELIVERY],
}


@dataclass(frozen=True)
class Parcel:
    """A parcel by the courier's number at the service and its own number."""

    courier: str
    number: str


@dataclass(frozen=True)
class Command:
    """An action at a moment (milliseconds; None: now). Empty `place` and `words` are those of the action."""

    action: Action
    at: int | None = None
    place: str = ""
    words: str = ""


def move(db: sqlite3.Connection, parcel: Parcel, command: Command) -> None:
    """Let it happen. The first action makes the parcel. A wrong number is unknown to the service until its next scan;
    scans may come in any order."""
    now = now_ms()
    db.execute(
        "INSERT INTO tracking_parcels (courier, number, is_wrong, moved_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET is_wrong = excluded.is_wrong, moved_at = excluded.moved_at",
        (parcel.courier, parcel.number, command.action is Action.WRONG_NUMBER, now),
    )
    if command.action is Action.WRONG_NUMBER:
        return
    what = _step_back(db, parcel) if command.action is Action.STEP_BACK else MOVES[command.action]
    db.execute(
        "INSERT INTO tracking_scans (courier, number, at, status, level, place, words) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            parcel.courier,
            parcel.number,
            now if command.at is None else command.at,
            what.status,
            what.level,
            command.place or what.place,
            command.words or what.words,
        ),
    )


def _step_back(db: sqlite3.Connection, parcel: Parcel) -> Move:
    """Return the scan of one level below the last one, as a courier makes it who sorts a parcel again."""
    scans = scans_of(db, parcel)
    return BACK[max(1, scans[-1]["level"] - 1)] if scans else BACK[1]


def is_known(db: sqlite3.Connection, parcel: Parcel) -> bool:
    """Return True if the service knows the number."""
    found = db.execute(
        "SELECT is_wrong FROM tracking_parcels WHERE courier = ? AND number = ?", (parcel.courier, parcel.number)
    ).fetchone()
    return found is not None and not found["is_wrong"]


def scans_of(db: sqlite3.Connection, parcel: Parcel) -> list[sqlite3.Row]:
    """Return the scans in the order in which they were made."""
    return db.execute(
        "SELECT * FROM tracking_scans WHERE courier = ? AND number = ? ORDER BY seq", (parcel.courier, parcel.number)
    ).fetchall()


def told(db: sqlite3.Connection, parcel: Parcel) -> dict[str, Any]:
    """Return the body of a push: the parcel with all of its scans, so that a lost push costs nothing."""
    return {
        "courier": parcel.courier,
        "tracking_no": parcel.number,
        "scans": [
            {"at": rfc3339(row["at"]), "status": row["status"], "place": row["place"], "text": row["words"]}
            for row in scans_of(db, parcel)
        ],
    }


def shown(db: sqlite3.Connection, parcel: Parcel) -> dict[str, Any]:
    """Return the parcel for control and pages."""
    return {**told(db, parcel), "company": COMPANIES.get(parcel.courier, ""), "is_known": is_known(db, parcel)}


def listing(db: sqlite3.Connection) -> list[dict[str, Any]]:
    """Return the parcels that were moved last, the newest first."""
    rows = db.execute(
        "SELECT courier, number FROM tracking_parcels ORDER BY moved_at DESC, courier, number LIMIT ?", (SHOWN,)
    ).fetchall()
    return [shown(db, Parcel(row["courier"], row["number"])) for row in rows]
