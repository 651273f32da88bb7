"""The delivery log, which is also the queue of what is still to be sent, and what staff made of the texts."""

from src.app.notification.models.message import Delivery, Message, MessageChannel, MessageStatus, Way
from src.app.notification.models.template import MessageTemplate

__all__ = ["Delivery", "Message", "MessageChannel", "MessageStatus", "MessageTemplate", "Way"]
