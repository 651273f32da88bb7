"""Tables that serve every domain."""

from src.common.models.audit_log import AuditLog
from src.common.models.idempotency_key import IdempotencyKey
from src.common.models.inbox_message import InboxMessage
from src.common.models.job import Job, JobRun
from src.common.models.outbox_event import OutboxEvent
from src.common.models.personal_data_access import PersonalDataAccess
from src.common.models.upload import Upload

__all__ = ["AuditLog", "IdempotencyKey", "InboxMessage", "Job", "JobRun", "OutboxEvent", "PersonalDataAccess", "Upload"]
