"""The look at every answer sees what the contract does not say."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.answers import BASE, WATCH, Contract
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


SIMPLE: dict[str, list[Any]] = {
    "string": ["", "a", "2026-11-20", "2026-11-20T09:00:00Z", "01012345678", "x" * 5_000],
    "integer": [0, 1, -1, 7, 2**40, 1.0],
    "number": [0, 1.5, -2.5],
    "boolean": [True, False],
    "null": [None],
}
FOREIGN = [None, True, 1, 0, 2.0, "a", [], {}, [None], {"other": 1}]


def values(schemas: dict[str, Any], schema: Any, depth: int = 5) -> list[Any]:
    """Some values that fit a schema, or nearly."""
    if "$ref" in schema:
        return values(schemas, schemas[schema["$ref"].rpartition("/")[2]], depth - 1) if depth else []
    if "const" in schema or "enum" in schema:
        return [schema["const"]] if "const" in schema else schema["enum"]
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        return [value for choice in choices for value in values(schemas, choice, depth)]
    if schema.get("type") == "array":
        items = values(schemas, schema["items"], depth)
        return [[], items[:1], items * max(1, schema.get("minItems", 1))]
    if schema.get("type") == "object":
        members = {name: values(schemas, inner, depth) for name, inner in schema.get("properties", {}).items()}
        made = [
            {name: found[turn % len(found)] for name, found in members.items() if found}
            for turn in range(max(map(len, members.values()), default=1))
        ]
        return made[:6]
    return [*schema.get("examples", ()), *SIMPLE.get(schema.get("type", ""), FOREIGN)]


def altered(value: Any) -> Iterator[Any]:
    """The value with one thing changed that a schema may forbid."""
    yield from FOREIGN
    if isinstance(value, dict):
        yield {**value, "unheard_of": 1}
        for name in value:
            yield without(value, name)
            yield from ({**value, name: foreign} for foreign in FOREIGN[::3])
    if isinstance(value, list):
        yield from ([*value, foreign] for foreign in FOREIGN)


def test_what_is_said_to_fit_at_once_fits(contract: Contract) -> None:
    """The quick look lets through what jsonschema lets through and nothing else, and it is sure of nearly all that
    fits: bodies of every schema, right and with one thing wrong."""
    schemas = contract._fitting._named
    fitting = sure = 0
    for name in schemas:
        quick = contract._fitting.of({"$ref": f"{BASE}#/components/schemas/{name}"})
        validator = contract._validator(json.dumps({"$ref": f"#/components/schemas/{name}"}))
        made = values(schemas, schemas[name])[:2]
        for value in [*made, *(other for one in made[:1] for other in altered(one))]:
            fits = validator.is_valid(value)
            assert fits or not quick(value), (name, value)
            fitting, sure = fitting + fits, sure + quick(value)
    assert fitting > 1_000
    assert sure > 0.98 * fitting


def test_a_change_of_the_contract_is_seen(contract: Contract) -> None:
    narrowed = copy.deepcopy(contract.document)
    del narrowed["components"]["schemas"]["PaymentRead"]["properties"]["failure_reason"]
    assert "failure_reason" in Contract(narrowed).problems(answer(200, PAYMENT))[0]
