"""Register the list of jobs and the executor of each kind of work that a transport delivers."""

from src.common.work.jobs import register_jobs
from src.worker.events import relay
from src.worker.jobs import due, long_tasks
from src.worker.jobs.schedule import specs
from src.worker.transport.base import register_executor


def register_executors() -> None:
    """Register jobs and executors. Web server, worker, scheduler and `run-job` call it before they list or run jobs. A
    repeat changes nothing."""
    register_jobs(specs)
    register_executor(relay.KIND, relay.deliver)
    register_executor(due.KIND, due.run_sent)
    register_executor(long_tasks.KIND, long_tasks.run_sent)
