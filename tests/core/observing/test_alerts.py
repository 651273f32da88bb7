"""The alert rules and the dashboard ask for what a running shop really says: no typing error gets through."""

import json
import re
from pathlib import Path
from typing import Any

import yaml

from tests.concurrency.support import API, ROOT, until, within
from tests.core.observing.scraping import Scrape, parsed, scraped
from tests.core.observing.shops import Watched, watched
from tests.core.observing.test_servers import bought

RULES = ROOT / "deploy/prometheus/rules/shop.yml"
DASHBOARD = ROOT / "deploy/grafana/dashboards/shop.json"
ALERTS = ROOT / "docs/alerts.md"
SELECTOR = re.compile(r"\b(shop_\w+|up)\b(?:\{([^}]*)\})?")
MATCHER = re.compile(r"(\w+)\s*(=~|!~|!=|=)\s*\"([^\"]*)\"")
GROUPED = re.compile(r"\b(?:by|on|without|ignoring)\s*\(([^)]*)\)")
FROM_PROMETHEUS = {"instance", "job"}


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load(RULES.read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(DASHBOARD.read_text())["panels"]
    return [panel for panel in found if panel["type"] != "row"]


def expressions() -> list[str]:
    return [rule["expr"] for rule in rules()] + [target["expr"] for one in panels() for target in one["targets"]]


def faults(expression: str, said: Scrape) -> list[str]:
    """Names, labels and, where they are told exactly, label values that nobody says."""
    found, known = [], {"le"}
    selectors = [one for one in SELECTOR.findall(expression) if one[0] != "up"]
    for name, inside in selectors:
        if name not in said.samples:
            found.append(f"no {name}")
            continue
        labels = said.labels(name)
        known |= labels
        for label, operator, value in MATCHER.findall(inside):
            if label in FROM_PROMETHEUS:
                continue
            if label not in labels:
                found.append(f"{name} has no {label}")
            elif operator == "=" and not any(one.get(label) == value for one, _ in said.samples[name]):
                found.append(f"{name} has no {label}={value}")
            elif operator == "=~" and not any(re.fullmatch(value, one[label]) for one, _ in said.samples[name]):
                found.append(f"{name} has no {label}=~{value}")
    for inside in GROUPED.findall(expression):
        used = {label.strip() for label in inside.split(",")}
        found += [f"nothing has {label}" for label in used - known - FROM_PROMETHEUS]
    return found if selectors or "up{" in expression else [f"asks for nothing of ours: {expression}"]


async def lived(seen: Watched) -> Scrape:
    """What the shop says after a purchase, a wrong password, a bug and a job that failed."""
    async with seen.client() as client:
        placed = (await bought(client, {})).json()
        paid = f"/sandbox/control/payments/{placed['payment']['payment_id']}"
        assert (await client.post(paid, json={"action": "pay"})).status_code == 200
        await client.post(f"{API}/payments/{placed['payment']['payment_id']}/complete")
        await client.post(f"{API}/auth/sign-in", json={"login_id": "demo", "password": "wrong-Pass!1"})
        seen.database("ALTER TABLE notice RENAME TO notice_gone")
        assert (await client.get(f"{API}/notices?page=3")).status_code == 500
        seen.database("ALTER TABLE restock_alert RENAME TO restock_alert_gone")

        async def has_failed() -> bool:
            return (await scraped(seen.metrics)).value("shop_job_runs_total", outcome="failed") > 0

        assert await until(has_failed)
        seen.database("ALTER TABLE restock_alert_gone RENAME TO restock_alert")

        async def is_whole() -> bool:
            found = await scraped(seen.metrics)
            is_told = {"shop_job_overdue_seconds", "shop_events_total", "shop_queue_length"} <= found.samples.keys()
            return is_told and found.value("shop_orders_total", status="PAID") == 1

        assert await until(is_whole)
        return await scraped(seen.metrics)


@within(180)
async def test_every_metric_and_label_of_rules_and_dashboard_is_in_a_real_scrape(tmp_path: Path) -> None:
    async with watched(tmp_path) as seen:
        said = await lived(seen)
        assert {fault for one in expressions() for fault in faults(one, said)} == set()
        assert said.value("shop_orders_total", status="PENDING") == 1
        assert said.value("shop_payment_verdicts_total", verdict="SETTLED") == 1
        assert said.value("shop_vendor_calls_total", vendor="portone", operation="pre-register", outcome="ok") == 1
        assert said.value("shop_vendor_calls_total", vendor="portone", operation="get", outcome="ok") >= 1
        assert said.value("shop_events_total", topic="order.paid") == 1
        assert said.value("shop_sign_ins_total", kind="member", outcome="failed") == 1
        assert said.value("shop_http_requests_total", route=f"{API}/orders", status="201") == 1
        assert said.value("shop_source_up", source="database") == 1


def test_a_typing_error_is_seen() -> None:
    said = parsed('shop_x{a="1"} 1\nshop_x{a="2"} 1\n')
    for right in ("shop_x > 0", 'sum by (a) (rate(shop_x{a="1"}[5m]))', 'shop_x{a=~"2|3",instance="i"}'):
        assert faults(right, said) == []
    for wrong in ("shop_y", 'shop_x{b="1"}', 'shop_x{a="3"}', 'shop_x{a=~"3|4"}', "sum by (b) (shop_x)", "vector(1)"):
        assert len(faults(wrong, said)) == 1


def test_each_alert_says_what_it_is_in_both_languages_and_leads_to_its_section() -> None:
    sections = re.findall(r"^### (\w+)$", ALERTS.read_text(), re.MULTILINE)
    assert sorted(rule["alert"] for rule in rules()) == sorted(sections)
    for rule in rules():
        assert rule["annotations"]["runbook"] == f"docs/alerts.md#{rule['alert'].lower()}"
        assert re.fullmatch(r".*[가-힣].* / .*[A-Za-z].*", rule["annotations"]["summary"])
        assert rule["labels"]["severity"] in ("page", "ticket")


def test_what_an_alert_tells_of_is_a_label_that_is_left() -> None:
    for rule in rules():
        told = set(re.findall(r"\$labels\.(\w+)", rule["annotations"]["summary"]))
        grouped = re.match(r"\s*(?:histogram_quantile\([^,]*,\s*)?sum by \(([^)]*)\)", rule["expr"])
        if grouped:
            assert told <= {label.strip() for label in grouped[1].split(",")}, rule["alert"]


def test_every_panel_has_a_title_in_both_languages_a_place_of_its_own_and_a_query() -> None:
    places = [tuple(one["gridPos"][key] for key in ("x", "y")) for one in panels()]
    assert len(places) == len(set(places)) > 20
    assert all(one["targets"] for one in panels())
    titled = [one["title"] for one in panels() if one["title"] not in ("Redis", "CPU")]
    assert [title for title in titled if not re.search(r"[가-힣]", title)] == []
