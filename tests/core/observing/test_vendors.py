"""Calls of others are counted by what came of them."""

import asyncio

import pytest

from src.app.notification.services.senders import Undelivered
from src.common.vendors import Declined, Nonsense, Unreachable
from src.core.observing.metrics import VENDOR_CALLS, VENDOR_SECONDS
from src.core.observing.vendors import OUTCOMES, vendor_call
from tests.architecture.sources import ROOT, SRC, calls_of, trees


def counts(operation: str) -> dict[str, int]:
    return {one: VENDOR_CALLS.of("test", operation, one).cells[0] for one in OUTCOMES}


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Declined("x"), "declined"),
        (Unreachable("x"), "unreachable"),
        (Nonsense("x"), "nonsense"),
        (Undelivered("x"), "declined"),
        (Undelivered("x", may_have_gone=True), "unreachable"),
        (TimeoutError(), "unreachable"),
        (asyncio.CancelledError(), "unreachable"),
        (KeyError("x"), "broken"),
    ],
)
def test_what_is_raised_decides_the_outcome(error: BaseException, outcome: str) -> None:
    before = counts("raised")
    with pytest.raises(type(error)), vendor_call("test", "raised"):
        raise error
    assert counts("raised") == {**before, outcome: before[outcome] + 1}


def test_a_call_that_comes_back_is_ok_and_its_time_is_counted() -> None:
    before = counts("fine")
    with vendor_call("test", "fine"):
        pass
    assert counts("fine") == {**before, "ok": before["ok"] + 1}
    assert sum(VENDOR_SECONDS.of("test", "fine").cells[:-1]) == before["ok"] + 1


# Where their calls are counted: by who calls the Protocol, for all adapters alike.
COUNTED_ABOVE = {
    "src/app/auth/services/social/providers/wire.py": "src/app/auth/services/social/persons.py",
    "src/app/notification/services/phone/sens.py": "src/app/notification/services/delivery/sending.py",
    "src/app/notification/services/email/sandbox.py": "src/app/notification/services/delivery/sending.py",
}


def test_whoever_has_a_client_of_a_vendor_counts_its_calls() -> None:
    files = {str(tree[0].relative_to(ROOT)): tree for tree in trees(SRC)}
    for name, tree in files.items():
        if name != "src/core/http.py" and calls_of(tree, "new_http_client"):
            assert calls_of(files[COUNTED_ABOVE.get(name, name)], "vendor_call"), name
