"""Redis clients that report each command's duration for ``Server-Timing``. Used only where that is on."""

from time import perf_counter
from typing import Any

from src.core.observing.server_timing import took


def timed(kind: type[Any]) -> type[Any]:
    """Return the client class `kind` with its commands and pipelines timed."""

    class Timed(kind):  # type: ignore[misc]
        async def execute_command(self, *args: Any, **options: Any) -> Any:
            started = perf_counter()
            try:
                return await super().execute_command(*args, **options)
            finally:
                took("redis", perf_counter() - started)

        def pipeline(self, *args: Any, **options: Any) -> Any:
            made = super().pipeline(*args, **options)
            execute = made.execute

            async def timed_execute(*arguments: Any, **more: Any) -> Any:
                started = perf_counter()
                try:
                    return await execute(*arguments, **more)
                finally:
                    took("redis", perf_counter() - started)

            made.execute = timed_execute
            return made

    return Timed
