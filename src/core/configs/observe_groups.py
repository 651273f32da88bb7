"""Settings of observability. See `groups` for how they are read."""

from pathlib import Path

from pydantic import Field

from src.core.configs.groups import Group

METRICS_PORT = 9464


class ObserveSettings(Group):
    """Metrics, log files, slow statements, failures and traces. An empty value or 0 switches a part off.

    `metrics_port` unset: off in local and test, else 9464 for the server (9465 for the worker, 9466 for the scheduler).
    `metrics_dir` empty: under ``/dev/shm``, or under ``STATE_DIR`` where that is missing.
    """

    metrics_port: int | None = Field(None, alias="METRICS_PORT", ge=0, le=65_533)
    metrics_host: str = Field("127.0.0.1", alias="METRICS_HOST", min_length=1)
    metrics_dir: str = Field("", alias="METRICS_DIR")
    log_dir: str = Field("", alias="LOG_DIR")
    log_file_bytes: int = Field(50_000_000, alias="LOG_FILE_BYTES", ge=1_000, le=10_000_000_000)
    log_file_count: int = Field(5, alias="LOG_FILE_COUNT", ge=1, le=1_000)
    slow_query_ms: int = Field(500, alias="SLOW_QUERY_MS", ge=0, le=600_000)
    error_hook: str = Field("", alias="ERROR_HOOK")
    tracing_endpoint: str = Field("", alias="TRACING_ENDPOINT")
    server_timing: bool | None = Field(None, alias="SERVER_TIMING")

    def shared_folder(self, role: str, port: int, *, state_dir: Path) -> Path:
        """Return the folder in which the processes of one role share their counts."""
        base = Path(self.metrics_dir) if self.metrics_dir else Path("/dev/shm")  # noqa: S108 - memory; files are 0600
        if not self.metrics_dir and not base.is_dir():
            base = state_dir / "metrics"
        return base / f"micgolf-{role}-{port}"
