"""Refuse requests for unknown hosts: their Host could get into links, caches and redirects."""

from collections.abc import Iterable
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from src.common.exceptions.general import HostNotAllowed
from src.common.handlers.problems import problem_response

# Requested by IP address from inside: by the load balancer, the container's health check and Prometheus.
EXEMPT: Final = ("/health", "/health/ready", "/metrics")


class TrustedHosts:
    """Accept requests whose ``Host`` is in `allowed`: names, ``*.example.com`` for subdomains, ``*`` for any host.

    All others, also with a missing, repeated or unreadable Host, are answered with 400 HOST_NOT_ALLOWED. Letter case,
    port and a final dot are ignored.
    """

    def __init__(self, app: ASGIApp, *, allowed: Iterable[str]) -> None:
        self.app = app
        names = [name.lower() for name in allowed]
        self.any = "*" in names
        self.exact = frozenset(name for name in names if not name.startswith("*"))
        self.below = tuple(name[1:] for name in names if name.startswith("*."))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self.any or scope["path"] in EXEMPT or self._is_ours(scope):
            await self.app(scope, receive, send)
            return
        await problem_response(HostNotAllowed(), scope)(scope, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        given = [value for name, value in scope["headers"] if name == b"host"]
        if len(given) != 1:
            return False
        host = _without_port(given[0].decode("latin-1").lower())
        return host in self.exact or host.endswith(self.below)


def _without_port(host: str) -> str:
    if host.startswith("["):  # IPv6, as [::1]:8000
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].removesuffix(".")
