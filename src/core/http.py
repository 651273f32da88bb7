"""The one place that makes HTTP clients: explicit timeouts, no redirects, no proxy of the environment (rule R17)."""

import httpx


def new_http_client(base_url: str, *, headers: dict[str, str] | None = None, read_seconds: float) -> httpx.AsyncClient:
    """A pooled client for one vendor. Connecting may take 5 s, reading an answer `read_seconds`."""
    return httpx.AsyncClient(
        base_url=base_url,
        headers=headers,
        timeout=httpx.Timeout(read_seconds, connect=5.0, pool=10.0),
        limits=httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=30),
        follow_redirects=False,
        trust_env=False,
    )
