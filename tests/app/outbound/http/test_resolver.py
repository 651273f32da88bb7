"""Names are looked up by the machine, and a name whose servers are silent is in no other name's way."""

import asyncio
import socket
import threading
from typing import Any

import pytest

from src.app.outbound.services.http.resolver import MOST_AT_ONCE, SystemResolver


async def test_a_silent_name_takes_one_thread_however_many_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    answered, asked = threading.Event(), list[str]()

    def look(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        if host == "silent.example":
            answered.wait(30)
        return [(None, None, None, "", ("93.184.215.14", port)), (None, None, None, "", ("93.184.215.14", port))]

    monkeypatch.setattr(socket, "getaddrinfo", look)
    resolver = SystemResolver()
    impatient = [asyncio.create_task(resolver.addresses("silent.example", 443)) for _ in range(MOST_AT_ONCE + 5)]
    assert await resolver.addresses("erp.example", 443) == ["93.184.215.14"]
    impatient[0].cancel()
    with pytest.raises(asyncio.CancelledError):
        await impatient[0]
    answered.set()
    assert await asyncio.gather(*impatient[1:]) == [["93.184.215.14"]] * (MOST_AT_ONCE + 4)
    assert sorted(asked) == ["erp.example", "silent.example"]
    assert await resolver.addresses("silent.example", 443) == ["93.184.215.14"]
    assert asked.count("silent.example") == 2
    resolver.close()


async def test_a_name_that_nobody_has_is_an_error_for_everybody_who_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def look(_host: str, _port: int, **_: Any) -> list[Any]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", look)
    resolver = SystemResolver()
    for answer in await asyncio.gather(*(resolver.addresses("x.example", 1) for _ in range(3)), return_exceptions=True):
        assert isinstance(answer, OSError)
    resolver.close()
