"""The tracking service as SweetTracker's lookup API shows it (docs/vendors/couriers.md#sweettracker)."""

import sqlite3
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from src.sandbox.calls import Calls, RefusedError, Whose
from src.sandbox.config import TrackingService
from src.sandbox.pages import KOREA
from src.sandbox.tracking import parcels
from src.sandbox.tracking.parcels import COMPANIES, Parcel
from src.sandbox.web import Answer, as_json

WRONG_KEY: Final = "유효하지 않은 API KEY 입니다."
NOT_FOUND: Final = "유효하지 않은 운송장번호 이거나 택배사 코드 입니다."
USED_UP: Final = "일일 조회 한도를 초과하였습니다."
DELIVERED: Final = 6


class TrackingApi:
    """`trackingInfo` and `companylist`."""

    def __init__(self, service: TrackingService | None, calls: Calls) -> None:
        """`calls` applies the switches of the operation `tracking`; a switch may be for one number (`person`)."""
        self._key = service.api_key if service else ""
        self._calls = calls

    def routes(self, prefix: str) -> list[BaseRoute]:
        """Routes below `prefix`."""
        return [
            Route(prefix + "/api/v1/trackingInfo", self.track, methods=["GET"]),
            Route(prefix + "/api/v1/companylist", self.companies, methods=["GET"]),
        ]

    async def track(self, request: Request) -> Response:
        """`?t_key&t_code&t_invoice` -> 200 the parcel with its scans, or 200 `{"status": false, "code", "msg"}`."""
        asked = request.query_params
        if not self._knows(asked.get("t_key")):
            return _refusal("101", WRONG_KEY).response()
        parcel = Parcel(asked.get("t_code", ""), asked.get("t_invoice", ""))
        effect = partial(_answer, parcel=parcel)
        return (await self._calls.read("tracking", effect, lambda _: Whose(person=parcel.number))).response()

    async def companies(self, request: Request) -> Response:
        """`?t_key` -> the couriers with their numbers."""
        if not self._knows(request.query_params.get("t_key")):
            return _refusal("101", WRONG_KEY).response()
        told = [{"Code": code, "Name": name, "International": "false"} for code, name in COMPANIES.items()]
        return as_json({"Company": told}).response()

    def _knows(self, key: str | None) -> bool:
        return bool(self._key) and key == self._key


def _answer(db: sqlite3.Connection, fault: str | None, parcel: Parcel) -> Answer:
    if fault == "quota":
        return _refusal("105", USED_UP)
    if parcel.courier not in COMPANIES or not parcels.is_known(db, parcel):
        raise RefusedError(_refusal("104", NOT_FOUND))
    details = [_detail(row) for row in parcels.scans_of(db, parcel)]
    last = details[-1] if details else None
    document = {
        "result": "Y",
        "complete": bool(last and last["level"] == DELIVERED),
        "completeYN": "Y" if last and last["level"] == DELIVERED else "N",
        "level": last["level"] if last else 1,
        "invoiceNo": "999999999999" if fault == "other_parcel" else parcel.number,
        "itemName": "골프용품",
        "senderName": "믹골프",
        "receiverName": "김*지",
        "receiverAddr": "부산 해운대구",
        "zipCode": "",
        "estimate": None,
        "orderNumber": None,
        "recipient": "",
        "productInfo": None,
        "firstDetail": details[0] if details else None,
        "lastDetail": last,
        "lastStateDetail": last,
        "trackingDetails": details,
    }
    if fault == "no_details":
        del document["trackingDetails"]
    return as_json(document)


def _detail(row: sqlite3.Row) -> dict[str, Any]:
    korean = datetime.fromtimestamp(row["at"] / 1000, UTC).astimezone(KOREA)
    return {
        "time": row["at"],
        "timeString": f"{korean:%Y-%m-%d %H:%M:%S}",
        "code": None,
        "where": row["place"],
        "kind": row["words"],
        "level": row["level"],
        "telno": "1588-0000",
        "telno2": "",
        "manName": "",
        "manPic": "",
        "remark": None,
    }


def _refusal(code: str, message: str) -> Answer:
    return as_json({"status": False, "msg": message, "code": code})
