"""Open and close the webhook sender of a process. Called by the lifespan."""

from src.app.outbound.services.deliveries.sending import Sender, sender, use_sender
from src.app.outbound.services.http.addresses import rules_of
from src.app.outbound.services.http.http_transport import HttpTransport
from src.app.outbound.services.http.resolver import SystemResolver
from src.core.configs import Settings


def open_outbound(chosen: Settings) -> None:
    """Create the sender from the settings. It connects at its first message."""
    transport = HttpTransport(chosen.outbound, rules=rules_of(chosen), resolver=SystemResolver())
    use_sender(Sender(transport))


def stop_outbound() -> None:
    """Begin no more sends. Called before the runner waits for its jobs."""
    sender().stop()


async def close_outbound() -> None:
    """Close the connections."""
    open_now = sender()
    use_sender(None)
    await open_now.transport.close()
