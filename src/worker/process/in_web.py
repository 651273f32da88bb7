"""Background work inside a web process: all of it, or with `JOBS=apart` only the jobs of its own memory."""

from contextlib import AsyncExitStack

from src.app.outbound.services.lifecycle import stop_outbound
from src.common.work import tasks, wakeup
from src.core.configs import Settings
from src.worker.jobs.schedule import specs
from src.worker.process.runner import GRACE_SECONDS, Runner
from src.worker.transport.local import InProcess


async def start_work(chosen: Settings, stack: AsyncExitStack) -> None:
    """Start this process's background work. `stack` ends it: first no new work is taken, then running work
    finishes."""
    if chosen.jobs.place == "apart":
        wakeup.tell_others()
        stack.push_async_callback(wakeup.finish)
        runner = Runner(spec for spec in specs().values() if spec.local)
    else:
        inside = InProcess()
        stack.callback(tasks.resume)
        stack.push_async_callback(inside.stop, GRACE_SECONDS)
        runner = Runner((spec for spec in specs(inside).values() if not spec.single), schedule=inside)
    await runner.start()
    stack.push_async_callback(runner.stop)
    stack.callback(leave_off)


def leave_off() -> None:
    """Stop long tasks at their next step; their rows let another process resume them."""
    tasks.stop()
    stop_outbound()
