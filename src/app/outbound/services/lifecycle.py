"""The sender of a process: the lifespan opens and closes it."""

from src.app.outbound.services.deliveries.sending import Sender, sender, use_sender
from src.app.outbound.services.http.addresses import rules_of
from src.app.outbound.services.http.http_transport import HttpTransport
from src.app.outbound.services.http.resolver import SystemResolver
from src.core.configs import Settings


def open_outbound(chosen: Settings) -> None:
    """Take the sender that the settings describe. It connects at its first message."""
    transport = HttpTransport(chosen.outbound, rules=rules_of(chosen), resolver=SystemResolver())
    use_sender(Sender(transport))


def stop_outbound() -> None:
    """Before the runner waits for its jobs: begin no more sends."""
    sender().stop()


async def close_outbound() -> None:
    """Close the connections."""
    open_now = sender()
    use_sender(None)
    await open_now.transport.close()
