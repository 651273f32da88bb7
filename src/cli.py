"""Commands for people and scripts: ``python -m src.cli --help``. They read the same environment as the server."""

import asyncio
import os
import re
from collections.abc import Callable, Coroutine
from contextlib import nullcontext, suppress
from datetime import datetime
from typing import Annotated, Any, TypeVar

import typer
from pydantic import ValidationError
from tortoise.exceptions import BaseORMException

from src.common import clock
from src.common.exceptions import AppError
from src.common.logs.setup import set_up_logging
from src.core.configs import Settings
from src.core.database.schema_lock import SchemaLocked
from src.core.startup import Refused, checked_settings, why

EX_CONFIG = 78
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")

T = TypeVar("T")

# No pretty tracebacks: they print local variables, which may contain secrets.
app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)


@app.command()
def check() -> None:
    """Check that the server would start with this environment, and print every setting that is wrong."""
    from src.app.notification.services.texts import buttons

    chosen = _settings()
    if found := buttons.unknown(chosen):
        raise _refusal("\n".join(f"  - {reason}" for reason in found))
    typer.echo(f"ok: ENV={chosen.server.env}")


@app.command()
def migrate() -> None:
    """Migrate the database to the schema of this code, once, under a lock, as a start of the server does."""
    from src.core.database.schema import prepared

    chosen = _settings()

    async def work() -> None:
        async with prepared(chosen):
            pass

    _run(work(), chosen)
    typer.echo("ok: the schema is that of this code")


@app.command()
def serve(
    env: Annotated[str, typer.Option(help="ENV for this run: local or test, or as the environment says.")] = "",
    debug: Annotated[bool, typer.Option("--debug", help="Reload on a change, readable lines, level DEBUG.")] = False,
) -> None:
    """Serve the shop for development, with one process. Production is served by ./start_gunicorn.sh."""
    if env:
        os.environ["ENV"] = env
    if debug:  # the reloaded process also reads the environment
        os.environ |= {"LOG_FORMAT": "text", "LOG_LEVEL": "DEBUG", "WEB_CONCURRENCY": "1"}
    from src.serving import announcement, bind_host, prepare, serve_for_development

    chosen = _settings()
    if not chosen.is_local:
        raise _refusal(f"ENV={chosen.server.env}: `serve` is for development, ./start_gunicorn.sh for the rest")
    is_fresh = _run(prepare(chosen), chosen)
    typer.echo("\n".join(announcement(chosen, host=bind_host(chosen), is_fresh=is_fresh)))
    serve_for_development(chosen, reload=debug)


database = typer.Typer(no_args_is_help=True, help="The schema of the database, one migration at a time.")
app.add_typer(database, name="db")


@database.command("upgrade")
def db_upgrade() -> None:
    """Migrate like `migrate`, and add constraints that an earlier migration left out because existing rows violated
    them."""
    from src.core.database import migrating

    chosen = _settings()
    for line in _run(migrating.upgrade(chosen), chosen):
        typer.echo(line)
    typer.echo("ok: the schema is that of this code")


@database.command("downgrade")
def db_downgrade(
    version: Annotated[int, typer.Argument(help="The number of the oldest migration to take back; -1: the last.")] = -1,
) -> None:
    """Revert migrations, newest first. The data in the tables and columns that they added is lost. Works in local and
    test only."""
    from src.core.configs.groups import ServerSettings
    from src.core.database import migrating

    if (env := ServerSettings().env) not in ("local", "test"):
        raise _refusal(
            f"ENV={env}: taking a migration back destroys what was written since. Roll the release back instead: the"
            " one before runs on this schema"
        )
    chosen = _settings()
    try:
        for line in _run(migrating.downgrade(chosen, version), chosen):
            typer.echo(f"taken back: {line}")
    except migrating.NoSuchMigration as error:
        raise _refusal(str(error), status=2) from None


@database.command("current")
def db_current() -> None:
    """Print the newest migration that is applied."""
    from src.core.database import migrating

    chosen = _settings()
    typer.echo(_run(migrating.current(chosen), chosen) or "none")


@database.command("history")
def db_history() -> None:
    """Print all migrations of this code, oldest first, and mark the applied ones."""
    from src.core.database import migrating

    chosen = _settings()
    for name, is_applied in _run(migrating.history(chosen), chosen):
        typer.echo(f"{'applied' if is_applied else 'pending'} {name}")


@database.command("check")
def db_check() -> None:
    """Compare database, migrations and models, and report rows that violate a missing constraint. Exit status 1 if
    there is a difference. Changes nothing."""
    from src.core.database import migrating

    chosen = _settings()
    problems = _run(migrating.problems(chosen), chosen)
    for problem in problems:
        typer.echo(problem)
    if problems:
        raise typer.Exit(1)
    typer.echo("ok: the schema is that of this code")


@app.command("seed-demo")
def seed_demo() -> None:
    """Load the demo shop into an empty database. A database that is not empty is not changed."""
    from src.core.database.schema import prepared
    from src.demo.seeding import load_demo_shop

    chosen = _settings()
    if not chosen.is_local:
        raise _refusal(f"ENV={chosen.server.env}: the demo shop has logins that everybody knows")

    async def work() -> bool:
        async with prepared(chosen):
            return await load_demo_shop(chosen)

    is_loaded = _run(work(), chosen)
    typer.echo("ok: the demo shop is loaded" if is_loaded else "nothing changed: the database is not empty")


@app.command("run-job")
def run_job(
    name: Annotated[str, typer.Argument(help="The job's name; an unknown one lists them.")],
    as_of: Annotated[str, typer.Option(help="The time it shall be, RFC 3339 with offset. Default: now.")] = "",
) -> None:
    """Run one job by hand and print how many items it processed. Safe while the server runs its own jobs."""
    from src.bootstrap.adapters import opened
    from src.common.work.jobs import FORMER_NAMES
    from src.worker.executors import register_executors
    from src.worker.jobs import run
    from src.worker.jobs.schedule import specs

    chosen = _settings()
    register_executors()
    name = FORMER_NAMES.get(name, name)
    if name not in (jobs := specs()):
        raise _refusal(f"there is no job {name!r}; there are: {', '.join(sorted(jobs))}", status=2)
    moment = _moment(as_of) if as_of else None
    if moment and chosen.server.env == "prod" and moment > clock.now():
        raise _refusal("--as-of lies in the future: in production that would expire orders that people may still pay")
    if not chosen.redis.url and jobs[name].needs_redis:
        raise _refusal(
            f"{name} touches carts or sessions; the embedded Redis lives inside the server, which runs it itself"
        )

    async def work() -> int:
        async with opened(chosen):
            with clock.as_of(moment) if moment else nullcontext():
                return await run.run_job(name)

    try:
        typer.echo(f"{name}: {_run(work(), chosen)}")
    except run.JobIsRunning:
        raise _refusal(f"{name} runs in another process and does not end; try again later", status=1) from None


@app.command()
def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count what is past its period.")] = False,
    as_of: Annotated[str, typer.Option(help="The time it shall be, RFC 3339 with offset. Default: now.")] = "",
) -> None:
    """Print the number of rows of personal data past their retention period, by class and table. Deletes nothing."""
    from src.bootstrap.adapters import opened
    from src.common.records import anonymising, personal_data
    from src.common.records.retention import preview, report

    chosen = _settings()
    if not dry_run:
        raise _refusal(
            "this command only counts: add --dry-run. RETENTION=on has the job enforce-retention erase, daily or by"
            " run-job enforce-retention",
            status=2,
        )
    moment = _moment(as_of) if as_of else None

    async def work() -> list[str]:
        async with opened(chosen):
            with clock.as_of(moment) if moment else nullcontext():
                found, records = await preview(personal_data.rules()), await anonymising.records_due()
                return report(found, records=records, mode=chosen.jobs.retention)

    for line in _run(work(), chosen):
        typer.echo(line)


@app.command("reserved-login-ids")
def reserved_login_ids() -> None:
    """List existing members with a login id that RESERVED_LOGIN_IDS now refuses to new members. They keep it."""
    from src.app.user.services.queries import members_with_reserved_login_ids
    from src.bootstrap.adapters import opened

    chosen = _settings()

    async def work() -> list[tuple[int, str]]:
        async with opened(chosen):
            return [found async for found in members_with_reserved_login_ids()]

    found = _run(work(), chosen)
    for member_id, login_id in found:
        typer.echo(f"member {member_id}: {login_id}")
    typer.echo(f"{len(found)} found")


@app.command()
def verify() -> None:
    """Compare every variant's stock with its ledger (docs/promises.md#p1). Exit status 1 if any differs."""
    from src.app.product.services.stock.ledger import ledger_gaps
    from src.bootstrap.adapters import opened

    chosen = _settings()

    async def work() -> list[tuple[int, int, int]]:
        async with opened(chosen):
            return await ledger_gaps()

    gaps = _run(work(), chosen)
    for variant_id, stock, ledger in gaps:
        typer.echo(f"variant {variant_id}: stock {stock}, ledger {ledger}")
    if gaps:
        raise typer.Exit(1)
    typer.echo("ok: every stock is what its ledger says")


@app.command("reindex-products")
def reindex_products() -> None:
    """Rebuild the search index of every product, in small transactions, while the shop runs."""
    from src.app.product.services.search.indexing import reindex_all

    done = _with_everything(reindex_all, needs_redis=False)
    typer.echo(f"ok: {done} products")


@app.command("create-staff")
def create_staff(
    login_id: Annotated[str, typer.Argument(help="4 to 30 letters a-z, digits, dots, underscores or hyphens.")],
    name: Annotated[str, typer.Option(help="The person's name.")],
    role: Annotated[str, typer.Option(help="Code of a role, as in owner, manager, cs, md, viewer.")] = "owner",
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)] = "",
) -> None:
    """Create a staff account with a first password, which allows only changing that password."""
    from src.app.staff.dtos.admin.staffing import StaffCreate
    from src.app.staff.services import commands

    try:
        body = StaffCreate.model_validate({"login_id": login_id, "name": name, "role": role, "password": password})
    except ValidationError as error:
        reasons = [f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in error.errors()]
        raise _refusal("\n".join(reasons), status=2) from None
    made = _with_everything(lambda: commands.create_staff(body), needs_redis=False)
    typer.echo(f"ok: staff {made.id} ({made.login_id})")


@app.command("reset-second-factor")
def reset_second_factor(login_id: Annotated[str, typer.Argument(help="The staff member's login id.")]) -> None:
    """Remove a staff member's second factor and end their sessions."""
    from src.app.staff.services import commands

    _with_everything(lambda: commands.reset_second_factor(login_id))
    typer.echo("ok: the second factor is gone, and every session ended")


@app.command("revoke-sessions")
def revoke_sessions(
    login_id: Annotated[str, typer.Argument(help="The member's or staff member's login id.")],
    staff: Annotated[bool, typer.Option("--staff", help="A staff member, not a member.")] = False,
) -> None:
    """End all sessions of a member or a staff member at once."""
    from src.app.auth.services.sessions import revoking

    _with_everything(lambda: revoking.revoke_sessions("staff" if staff else "member", login_id))
    typer.echo("ok: every session ended")


def _with_everything(work: Callable[[], Coroutine[Any, Any, T]], *, needs_redis: bool = True) -> T:
    """Run `work` with database and Redis open. An AppError is printed with its code and its messages."""
    from src.bootstrap.adapters import opened

    chosen = _settings()
    if needs_redis and not chosen.redis.url:
        raise _refusal("sessions live in the embedded Redis inside the server: use the back-office of the running shop")

    async def run_opened() -> T:
        async with opened(chosen):
            return await work()

    try:
        return _run(run_opened(), chosen)
    except AppError as error:
        raise _refusal(f"{error.code}: {error.detail('ko')} / {error.detail('en')}", status=1) from None


def _settings() -> Settings:
    try:
        chosen = checked_settings()
    except Refused as refused:
        for reason in refused.reasons:
            typer.echo(f"  - {reason}", err=True)
        raise typer.Exit(EX_CONFIG) from None
    set_up_logging(chosen.server.log_level, is_text=chosen.server.log_format == "text")
    return chosen


def _moment(text: str) -> datetime:
    with suppress(ValueError):  # the pattern also matches impossible dates, as in month 13
        if RFC_3339.fullmatch(text):
            return datetime.fromisoformat(text.upper())
    raise _refusal(f"--as-of {text!r} is no time: write it like 2026-11-20T09:00:00+09:00", status=2)


def _refusal(reason: str, status: int = EX_CONFIG) -> typer.Exit:
    typer.echo(reason, err=True)
    return typer.Exit(status)


def _run(work: Coroutine[Any, Any, T], chosen: Settings) -> T:
    """Run the coroutine. A database that cannot be reached is printed as one line, without a traceback."""
    try:
        return asyncio.run(work)
    except (BaseORMException, SchemaLocked, OSError) as error:
        raise _refusal(f"the database cannot be used: {why(error, chosen)}", status=1) from None


if __name__ == "__main__":
    app()
