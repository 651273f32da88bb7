"""The statements that the shop sends to its database."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

SQL_LOG = logging.getLogger("tortoise.db_client")


class _Keep(logging.Handler):
    def __init__(self, kept: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self.kept = kept

    def emit(self, record: logging.LogRecord) -> None:
        statement = str(record.args[0]) if isinstance(record.args, tuple) and record.args else record.getMessage()
        if statement.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
            self.kept.append(statement)


@contextmanager
def captured_sql() -> Iterator[list[str]]:
    """Collect the statements of the body, in order."""
    statements: list[str] = []
    handler, level = _Keep(statements), SQL_LOG.level
    SQL_LOG.addHandler(handler)
    SQL_LOG.setLevel(logging.DEBUG)
    try:
        yield statements
    finally:
        SQL_LOG.removeHandler(handler)
        SQL_LOG.setLevel(level)
