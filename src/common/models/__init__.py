"""Tables that all domains use."""

from src.common.models.anonymisation import Anonymisation, LegalRecord
from src.common.models.audit_log import AuditLog
from src.common.models.background_task import BackgroundTask, TaskPriority, TaskStatus
from src.common.models.cursor import Cursor
from src.common.models.idempotency_key import IdempotencyKey
from src.common.models.inbox_message import InboxMessage
from src.common.models.invariant_breach import InvariantBreach
from src.common.models.job import Job, JobRun
from src.common.models.outbox_event import OutboxEvent
from src.common.models.personal_data_access import PersonalDataAccess
from src.common.models.task_file import TaskFile, TaskFileChunk, TaskFileKind
from src.common.models.upload import Upload, UploadTicket

__all__ = [
    "Anonymisation",
    "AuditLog",
    "BackgroundTask",
    "Cursor",
    "IdempotencyKey",
    "InboxMessage",
    "InvariantBreach",
    "Job",
    "JobRun",
    "LegalRecord",
    "OutboxEvent",
    "PersonalDataAccess",
    "TaskFile",
    "TaskFileChunk",
    "TaskFileKind",
    "TaskPriority",
    "TaskStatus",
    "Upload",
    "UploadTicket",
]
