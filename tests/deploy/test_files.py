"""The files of the deployment fit each other, the app's settings, and the rules of their own makers' linters."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from src.core.configs import Settings
from tests.architecture.sources import ROOT

TOOLS = Path(sys.executable).parent
NGINX = (ROOT / "deploy/nginx/templates/shop.conf.template").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("migrate", "web-1", "web-2", "worker", "scheduler")
# Read beside the groups of settings, by the processes themselves.


def settings() -> dict[str, Any]:
    """Every variable that the shop reads, with its default."""
    groups = [field.default_factory for field in fields(Settings)]
    return {str(one.alias): one.default for group in groups for one in group.model_fields.values()}  # type: ignore[union-attr]


def seconds(name: str) -> float:
    """A time of the nginx template, in seconds."""
    (value,) = set(re.findall(rf"^\s*{name} (\d+)s;", NGINX, re.MULTILINE))
    return float(value)


def gunicorn(name: str) -> int:
    """A number of src/gunicorn_conf.py, which is no module to import: it sets up the process."""
    (value,) = re.findall(rf'^ *"?{name}"?(?: =|:) (\d+)', (ROOT / "src/gunicorn_conf.py").read_text(), re.MULTILINE)
    return int(value)


def compose_seconds(service: str) -> int:
    """How long Docker waits for a service to end."""
    return int(SERVICES[service]["stop_grace_period"].removesuffix("s"))


def linted(folder: Path, program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """A linter of .venv run in this folder."""
    command = [str(TOOLS / program), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(
    "command",
    [
        ("hadolint", "Dockerfile"),
        (
            "check-jsonschema",
            "--builtin-schema",
            "vendor.compose-spec",
            "docker-compose.yml",
            "docker-compose-mysql.yml",
        ),
        ("check-jsonschema", "--builtin-schema", "vendor.github-workflows", ".github/workflows/fastapi-ci.yml"),
        ("shellcheck", "-x", "start_gunicorn.sh", "test.sh", ".ci/run", "scripts/backup.sh", "scripts/restore.sh"),
    ],
    ids=lambda command: f"{command[0]} {Path(command[-1]).name}",
)
def test_the_makers_linters_find_nothing(command: tuple[str, ...]) -> None:
    done = linted(ROOT, *command)
    assert (done.returncode, done.stdout + done.stderr if done.returncode else "") == (0, "")


def test_hadolint_and_the_schema_would_find_something(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM python\nRUN cd /tmp\n")
    (tmp_path / "compose.yml").write_text("services:\n  shop:\n    imagee: x\n")
    for command in (
        ("hadolint", "Dockerfile"),
        ("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "compose.yml"),
    ):
        assert linted(tmp_path, *command).returncode != 0


def test_compose_sets_only_what_the_shop_reads() -> None:
    known = settings().keys()
    for name in OURS:
        assert set(SERVICES[name]["environment"]) <= known, name


def test_every_place_of_the_nginx_template_is_filled() -> None:
    places = set(re.findall(r"\$\{([A-Z0-9_]+)\}", NGINX))
    assert places == set(SERVICES["nginx"]["environment"])


def test_the_app_believes_nginx_and_nobody_else() -> None:
    address = SERVICES["nginx"]["networks"]["front"]["ipv4_address"]
    for number in (1, 2):
        web = SERVICES[f"web-{number}"]
        assert web["environment"]["FORWARDED_ALLOW_IPS"] == address
        instance = SERVICES["nginx"]["environment"][f"SHOP_INSTANCE_{number}"]
        assert instance == f"{web['networks']['front']['ipv4_address']}:8000"
    assert "$proxy_add_x_forwarded_for" not in NGINX
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in NGINX


def test_nobody_hangs_up_on_a_request() -> None:
    upstream = NGINX[NGINX.index("upstream shop") : NGINX.index("set_real_ip_from")]
    (idle,) = (float(value) for value in re.findall(r"keepalive_timeout (\d+)s;", upstream))
    drain = float(SERVICES["web-1"]["environment"]["DRAIN_SECONDS"])
    assert idle < drain < gunicorn("graceful_timeout")
    assert idle < gunicorn("keepalive")
    longest = drain + gunicorn("timeout_graceful_shutdown") + 10  # and the jobs'
    assert longest < gunicorn("graceful_timeout")
    for name in OURS:
        assert gunicorn("graceful_timeout") < compose_seconds(name)
    assert seconds("proxy_read_timeout") > settings()["PORTONE_READ_TIMEOUT_SECONDS"]
    assert compose_seconds("nginx") > seconds("proxy_read_timeout")


def test_a_post_is_never_sent_twice() -> None:
    (directive,) = re.findall(r"^\s*proxy_next_upstream (.*);", NGINX, re.MULTILINE)
    assert directive == "error timeout"


def test_bodies_that_the_app_takes_pass_nginx() -> None:
    (general,) = re.findall(r"client_max_body_size (\d+)k;", NGINX)
    assert int(general) * 1024 > settings()["BODY_LIMIT_BYTES"]
    upload = int(SERVICES["nginx"]["environment"]["UPLOAD_BODY"].removesuffix("m")) * 1024 * 1024
    assert upload > settings()["UPLOAD_LIMIT_BYTES"] + 16_384


def test_connections_of_all_processes_fit_the_database() -> None:
    (most,) = re.findall(r"--max-connections=(\d+)", " ".join(SERVICES["mysql"]["command"]))
    workers = 2
    assert SERVICES["web-1"]["environment"]["WEB_CONCURRENCY"] == f"${{WEB_CONCURRENCY:-{workers}}}"
    processes = 2 * workers + 2  # two instances, worker, scheduler
    assert processes * settings()["DB_POOL_SIZE"] < int(most)


@pytest.mark.parametrize("name", OURS)
def test_our_containers_have_no_root_and_write_nowhere_else(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "user" not in service  # the image's own, which is not root
    assert re.findall(r"^USER (\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE) == ["10001"]


def test_nothing_is_published_but_nginx_and_doors_on_loopback() -> None:
    for name, service in SERVICES.items():
        for port in service.get("ports", ()):
            assert port.startswith("127.0.0.1:" if name != "nginx" else "${HTTP_ADDRESS:-127.0.0.1:8080}:"), name
    assert "ports" not in SERVICES["redis"]  # it knows no password


def test_everything_that_is_mounted_is_there() -> None:
    for service in SERVICES.values():
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert (ROOT / source).exists() if source.startswith("./") else source in COMPOSE["volumes"]


def test_the_image_holds_what_the_dockerfile_copies_and_no_more() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    sources = {source for line in copied for source in line.split()}
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert sources - {"scripts/"} == allowed
    assert all((ROOT / source).exists() for source in allowed)


def test_prometheus_asks_every_process_of_ours() -> None:
    config = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text())
    asked = {job["job_name"]: job["static_configs"][0]["targets"] for job in config["scrape_configs"]}
    ports = {SERVICES[name]["environment"]["METRICS_PORT"] for name in OURS}
    (port,) = (int(one) for one in ports)  # the worker serves at the next one, the scheduler at the one after it
    assert asked == {"shop": [f"web-1:{port}", f"web-2:{port}", f"worker:{port + 1}", f"scheduler:{port + 2}"]}


def test_the_workflow_runs_what_was_promised() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/fastapi-ci.yml").read_text())
    assert set(workflow[True]) == {"push", "pull_request"}  # YAML reads `on` as true
    matrix = workflow["jobs"]["test"]["strategy"]["matrix"]
    assert matrix["python"] == ["3.11", "3.12", "3.13"]
    assert [database["image"].split(":")[0] for database in matrix["database"]] == ["mysql", "mariadb"]
    said = json.dumps(workflow)
    for command in ("./test.sh", "poetry check --lock", "pip-audit", "docker build", "hadolint", "actionlint"):
        assert command in said


def test_the_table_of_bounds_names_real_settings_with_their_defaults() -> None:
    _, _, text = (ROOT / "docs/operations.md").read_text().partition("## What each setting bounds")
    rows = re.findall(r"^\| `([A-Z0-9_]+)` \| ([^|]+) \|", text, re.MULTILINE)
    assert len(rows) > 25
    defaults = settings()
    said = {name: default.strip().replace(",", "") for name, default in rows}
    assert said == {name: _shown(defaults[name]) for name in said}


def _shown(default: Any) -> str:
    if isinstance(default, tuple):
        return " ".join(default)
    return "unset" if default is None else str(default)


def test_the_guide_names_only_files_and_commands_that_exist() -> None:
    text = (ROOT / "docs/operations.md").read_text()
    for target in re.findall(r"\]\((?!http)([^)#]+)", text):
        assert (ROOT / "docs" / target).exists(), target
    from src.cli import app

    commands = {(command.name or command.callback.__name__) for command in app.registered_commands if command.callback}
    commands |= {str(group.name) for group in app.registered_groups}
    assert set(re.findall(r"src\.cli ([a-z][a-z-]+)", text)) <= commands
    for script in set(re.findall(r"\bscripts/[a-z_]+\.sh", text)):
        assert shutil.which(ROOT / script), script


@pytest.mark.fault("S5")
def test_the_workflow_runs_where_the_shop_is_and_where_most_servers_are() -> None:
    job = yaml.safe_load((ROOT / ".github/workflows/fastapi-ci.yml").read_text())["jobs"]["test"]
    matrix = job["strategy"]["matrix"]
    zones = {*matrix.get("zone", ()), *(leg["zone"] for leg in matrix.get("include", ()))}
    assert zones == {"Asia/Seoul", "UTC"}
    assert job["env"]["TZ"] == job["services"]["database"]["env"]["TZ"] == "${{ matrix.zone }}"
    leg = next(leg for leg in matrix["include"] if leg["zone"] == "UTC")
    assert leg.keys() == {"python", "database", "zone"}  # a leg of its own: nothing of another one is overwritten


@pytest.mark.fault("S12")
def test_a_release_is_made_by_hand_only_and_in_the_right_order() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/deploy.yml").read_text())
    assert set(workflow[True]) == {"workflow_dispatch"}  # YAML reads `on` as true
    assert workflow["concurrency"] == {"group": "deploy", "cancel-in-progress": False}
    image, release = workflow["jobs"]["image"], workflow["jobs"]["release"]
    assert image["if"] == "inputs.action == 'deploy'"
    assert (release["needs"], release["environment"]) == ("image", "production")
    said = json.dumps(release)
    assert "scripts/release.sh --rollback '$TAG'" in said
    # What a person typed reaches a shell as a variable, never as text of the script.
    assert not [step for job in (image, release) for step in job["steps"] if "${{" in step.get("run", "")]


def released(tmp_path: Path, *arguments: str, failing: str = "", **environment: str) -> tuple[int, list[str], Path]:
    """Run scripts/release.sh in a copy, with a docker that writes down what it is asked."""
    (tmp_path / "scripts").mkdir(exist_ok=True)
    (tmp_path / "bin").mkdir(exist_ok=True)
    shutil.copy(ROOT / "scripts/release.sh", tmp_path / "scripts/release.sh")
    docker = tmp_path / "bin/docker"
    docker.write_text(f"""#!/bin/sh
echo "$RELEASE $*" >> {tmp_path}/asked
case "$*" in *{failing or "nothing-fails"}*) exit 1;; esac
""")
    docker.chmod(0o755)
    (tmp_path / "asked").write_text("")
    ended = subprocess.run(
        ["bash", "scripts/release.sh", *arguments],
        cwd=tmp_path,
        env={"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "SETTLE_SECONDS": "0", **environment},
        capture_output=True,
        timeout=60,
        check=False,
    )
    return ended.returncode, (tmp_path / "asked").read_text().splitlines(), tmp_path / ".env"


ROLL = [
    f"v2 compose up -d --no-deps --wait --wait-timeout 120 {name}" for name in ("web-1", "web-2", "worker", "scheduler")
]


@pytest.mark.fault("S12")
def test_a_release_migrates_then_rolls_one_by_one_and_is_remembered(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ENV=prod\nRELEASE=v1\nJWT_SECRET=x\n")
    status, asked, remembered = released(tmp_path, "v2", IMAGE="registry.example/shop")
    assert (status, asked) == (0, ["v2 compose pull --quiet web-1", "v2 compose run --rm --no-deps migrate", *ROLL])
    assert remembered.read_text() == "ENV=prod\nJWT_SECRET=x\nRELEASE=v2\nIMAGE=registry.example/shop\n"
    assert released(tmp_path, "v2")[0] == 0  # again: nothing is in its way


@pytest.mark.fault("S12")
def test_a_rollback_migrates_nothing(tmp_path: Path) -> None:
    status, asked, remembered = released(tmp_path, "--rollback", "v2")
    assert (status, asked, remembered.read_text()) == (0, ROLL, "RELEASE=v2\n")


@pytest.mark.parametrize(("failing", "reached"), [("migrate", 1), ("web-1", 2), ("web-2", 3)])
def test_a_release_that_fails_stops_and_leaves_the_rest_as_it_was(tmp_path: Path, failing: str, reached: int) -> None:
    (tmp_path / ".env").write_text("RELEASE=v1\n")
    status, asked, remembered = released(tmp_path, "v2", failing=failing)
    assert (status, len(asked), remembered.read_text()) == (1, reached, "RELEASE=v1\n")


@pytest.mark.parametrize("words", [(), ("",), ("a b",), ("-x",), ("v2;reboot",), ("--rollback",), ("v1", "v2")])
def test_a_tag_that_is_none_is_refused(tmp_path: Path, words: tuple[str, ...]) -> None:
    status, asked, _ = released(tmp_path, *words)
    assert (status, asked) == (2, [])


@pytest.mark.fault("S4")
def test_the_guide_for_naver_cloud_names_every_part_and_only_settings_that_exist() -> None:
    text = (ROOT / "docs/naver-cloud.md").read_text()
    for part in ("Server", "MySQL", "Object Storage", "Load balancer", "certificate", "DNS"):
        assert re.search(rf"^## \d\. .*{part}", text, re.MULTILINE | re.IGNORECASE), part
    assert "*(read)*" in text
    known = set(settings()) | set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    rows = re.findall(r"^\| (`[^|]+`) \|", text, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([A-Z0-9_]+)`", row)}
    assert len(named) > 15
    assert named <= known
    assert "naver-cloud.md" in (ROOT / "docs/operations.md").read_text()
    for target in re.findall(r"\]\((?!http)([^)#]+)", text):
        assert (ROOT / "docs" / target).exists(), target
