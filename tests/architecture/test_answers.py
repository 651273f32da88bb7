"""The look at every answer sees what the contract does not say."""

import copy
import json
from typing import Any

import httpx
import pytest

from tests.answers import WATCH, Contract
from tests.architecture.sources import ROOT

HEADERS = {"x-request-id": "01", "x-process-time": "0.001000"}
PAYMENT = {
    "order_no": "20261120-7Q6X9ZPM",
    "order_status": "PAID",
    "payment_status": "PAID",
    "paid_with": "CARD",
    "failure_reason": None,
    "receipt_url": None,
    "virtual_account": None,
}
PROBLEM = {
    "type": "about:blank",
    "title": "Not Found",
    "status": 404,
    "code": "PAYMENT_NOT_FOUND",
    "detail": "없음",
    "instance": "/api/v1/payments/1",
    "request_id": "01",
    "errors": [],
}


@pytest.fixture(scope="module")
def contract() -> Contract:
    return Contract(json.loads((ROOT / "docs/openapi.json").read_text()))


def answer(status: int, body: dict[str, Any], *, kind: str = "application/json", **headers: str) -> httpx.Response:
    return httpx.Response(
        status,
        content=json.dumps(body).encode(),
        headers={"content-type": kind, **HEADERS, **headers},
        request=httpx.Request("GET", "http://shop/api/v1/payments/1"),
    )


def without(body: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key != name}


@pytest.mark.fault("A5")
def test_a_right_answer_is_no_finding(contract: Contract) -> None:
    assert contract.problems(answer(200, PAYMENT)) == []
    assert contract.problems(answer(404, PROBLEM, kind="application/problem+json")) == []


@pytest.mark.fault("A5")
@pytest.mark.parametrize(
    ("planted", "found"),
    [
        (answer(200, {**PAYMENT, "order_status": "LOST"}), "'LOST' is not one of"),
        (answer(200, without(PAYMENT, "order_no")), "'order_no' is a required property"),
        (answer(200, {**PAYMENT, "orderer": "김민지"}), "'orderer' was unexpected"),
        (answer(200, PAYMENT, kind="text/plain"), "type 'text/plain'"),
        (answer(202, PAYMENT), "no such status"),
        (answer(200, PAYMENT, **{"set-cookie": "a=b"}), "header set-cookie"),
        (answer(404, {**PROBLEM, "code": "ORDER_LOST"}, kind="application/problem+json"), "no such code: ORDER_LOST"),
        (answer(404, {**PROBLEM, "left": 2}, kind="application/problem+json"), "'left' was unexpected"),
        (answer(404, {**PROBLEM, "status": 400}, kind="application/problem+json"), "404 was expected"),
    ],
)
def test_a_wrong_answer_is_seen(contract: Contract, planted: httpx.Response, found: str) -> None:
    (said,) = contract.problems(planted)
    assert said.startswith(f"readPayment {planted.status_code}: ")
    assert found in said


@pytest.mark.fault("A5")
async def test_a_wrong_answer_that_a_test_gets_is_a_finding() -> None:
    transport = httpx.MockTransport(lambda request: answer(200, {**PAYMENT, "order_status": "LOST"}))
    async with httpx.AsyncClient(transport=transport) as client:
        await client.get("http://shop/api/v1/payments/1")
    with httpx.Client(transport=transport) as client:
        client.get("http://shop/api/v1/payments/1")
    assert len(WATCH.taken()) == 2


def test_a_change_of_the_contract_is_seen(contract: Contract) -> None:
    narrowed = copy.deepcopy(contract.document)
    del narrowed["components"]["schemas"]["PaymentRead"]["properties"]["failure_reason"]
    assert "failure_reason" in Contract(narrowed).problems(answer(200, PAYMENT))[0]
