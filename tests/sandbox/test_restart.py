"""State and undelivered webhooks outlive the process, and one process at a time sends a webhook."""

import asyncio
import signal
import sqlite3
import sys
import time
from dataclasses import replace
from pathlib import Path

import httpx

from tests.conftest import free_port
from tests.sandbox.support import KEY, SECRET, Receiver, config_for, eventually, running


async def test_restart_keeps_payments_answers_and_inbox(tmp_path: Path, receiver: Receiver) -> None:
    config = config_for(tmp_path / "deep" / "s.db", receiver.url)
    async with running(config) as shop:
        await shop.register("p0", 700)
        await shop.act("p1", "pay", amount=1000)
        first = await shop.cancel("p1", amount=100, key=KEY)
        before = await shop.payment("p1")
        await shop.http.post("/inbox", json={"channel": "sms", "to": "01012345678", "body": "안녕"})
    async with running(config) as shop:
        assert await shop.payment("p1") == before
        assert (await shop.cancel("p1", amount=100, key=KEY)).content == first.content
        assert (await shop.act("p0", "pay")).json()["amount"]["total"] == 700
        assert [item["body"] for item in (await shop.http.get("/inbox")).json()["items"]] == ["안녕"]


async def test_pending_webhook_is_delivered_after_a_restart_to_the_new_address(
    tmp_path: Path, receiver: Receiver
) -> None:
    nobody = replace(config_for(tmp_path / "s.db", "http://127.0.0.1:9/hook"), retry_unit_seconds=0.3)
    async with running(nobody) as shop:
        await shop.act("p1", "pay", amount=1000, webhook="send")
        await shop.act("p2", "pay", amount=1000, webhook="late")
        async with asyncio.timeout(30):
            while True:
                items = await shop.deliveries("p1")
                if items[0]["attempts"]:
                    break
                await asyncio.sleep(0.01)
        assert items[0]["attempts"][0]["error"].startswith("ConnectError")
    async with running(nobody, webhook_url=receiver.url) as shop:
        got = await receiver.until(2)
        assert {one.body["data"]["paymentId"] for one in got} == {"p1", "p2"}
        assert items[0]["id"] in {one.id for one in got}
        [item] = await shop.settled("p1")
        assert (item["status"], item["executions"]) == ("SUCCEEDED", 2)


async def test_two_processes_on_one_file_deliver_each_webhook_once(tmp_path: Path, receiver: Receiver) -> None:
    config = config_for(tmp_path / "s.db", receiver.url)
    async with running(config) as one, running(config) as two, running(config) as three:
        shops = [one, two, three]
        await asyncio.gather(
            *[shops[n % 3].act(f"p{n}", "pay", amount=1, webhook="late" if n % 2 else "send") for n in range(60)]
        )
        got = await receiver.until(60)
        await asyncio.sleep(0.5)
        assert len(got) == 60
        assert {received.body["data"]["paymentId"] for received in got} == {f"p{n}" for n in range(60)}


async def test_lease_of_a_dead_process_ends(tmp_path: Path, receiver: Receiver) -> None:
    config = config_for(tmp_path / "s.db", receiver.url)
    async with running(config, late_webhook_seconds=3600) as shop:
        await shop.act("p1", "pay", amount=1, webhook="late")
        with sqlite3.connect(config.file) as db:
            now = time.time_ns() // 1_000_000
            taken = "UPDATE portone_deliveries SET due_at = ?, lease_owner = 'dead', lease_until = ?"
            db.execute(taken, (now, now + 900))
        db.close()
        [got] = await receiver.until(1)
        assert got.at >= now + 900


async def test_many_starts_at_once_make_one_set_of_tables(tmp_path: Path, receiver: Receiver) -> None:
    config = config_for(tmp_path / "s.db", receiver.url)

    async def cycle(number: int) -> int:
        async with running(config) as shop:
            return (await shop.act(f"p{number}", "pay", amount=1)).status_code

    assert await asyncio.gather(*[cycle(number) for number in range(8)]) == [200] * 8


async def test_changed_tables_start_anew_and_leave_the_other_vendor_alone(tmp_path: Path, receiver: Receiver) -> None:
    config = config_for(tmp_path / "s.db", receiver.url)
    async with running(config) as shop:
        await shop.act("p1", "pay", amount=1)
        await shop.http.post("/inbox", json={"channel": "sms", "to": "1", "body": "x"})
    with sqlite3.connect(config.file) as db:
        db.execute("UPDATE schema_parts SET hash = 'older' WHERE part = 'portone'")
    db.close()
    async with running(config) as shop:
        assert (await shop.rest("GET", "/p1")).status_code == 404
        assert len((await shop.http.get("/inbox")).json()["items"]) == 1


async def test_sigkill_in_the_middle_loses_no_payment_and_no_webhook(tmp_path: Path, receiver: Receiver) -> None:
    port = free_port()
    file = tmp_path / "s.db"
    flags = f"--port {port} --file {file} --webhook-url {receiver.url} --webhook-secret {SECRET} --store-id store-1"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "src.sandbox", *flags.split(), stderr=asyncio.subprocess.DEVNULL
    )
    paid: list[str] = []

    async def pay(client: httpx.AsyncClient, number: int) -> None:
        answer = await client.post(f"/control/payments/p{number}", json={"action": "pay", "amount": 1})
        if answer.status_code == 200:
            paid.append(f"p{number}")

    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}/sandbox", timeout=60) as client:
        async with asyncio.timeout(60):
            while True:
                try:
                    await client.get("/")
                    break
                except httpx.TransportError:
                    await asyncio.sleep(0.05)
        tasks = [asyncio.create_task(pay(client, number)) for number in range(300)]
        await eventually(lambda: len(paid) >= 50)
        process.send_signal(signal.SIGKILL)
        await process.wait()
        await asyncio.gather(*tasks, return_exceptions=True)
    assert 50 <= len(paid) < 300
    # An attempt that was under way when the process died would wait for its lease of 10 s to end.
    with sqlite3.connect(file) as db:
        db.execute("UPDATE portone_deliveries SET lease_until = 0")
    db.close()
    async with running(config_for(file, receiver.url)) as shop:
        for payment_id in paid:
            assert (await shop.payment(payment_id))["status"] == "PAID"
        await eventually(lambda: set(paid) <= {one.body["data"]["paymentId"] for one in receiver.got}, 60)
