"""Files of background tasks: the uploaded source and the results. All processes read them; they are never public."""

from enum import StrEnum

from tortoise import fields

from src.core.database.models import Model


class TaskFileKind(StrEnum):
    """SOURCE was uploaded; ERRORS and REPORT are for people. NOTES is working data of the running task."""

    SOURCE = "source"
    NOTES = "notes"
    ERRORS = "errors"
    REPORT = "report"


class TaskFile(Model):
    """One file; a task has at most one of each kind. It is deleted with its task. `is_complete` is True once all of its
    content is written."""

    id = fields.BigIntField(primary_key=True)
    task: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.BackgroundTask", related_name="files", on_delete=fields.CASCADE
    )
    task_id: int
    kind = fields.CharEnumField(TaskFileKind, max_length=8)
    name = fields.CharField(max_length=200)
    media_type = fields.CharField(max_length=100)
    size = fields.BigIntField(default=0)
    is_complete = fields.BooleanField(default=False)
    created_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "task_file"
        unique_together = (("task", "kind"),)


class TaskFileChunk(Model):
    """A piece of a file, at most 256 KB. Pieces are read in the order of their ids."""

    id = fields.BigIntField(primary_key=True)
    file: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.TaskFile", related_name="chunks", on_delete=fields.CASCADE
    )
    file_id: int
    content = fields.BinaryField()

    class Meta:
        table = "task_file_chunk"
