"""What a migration takes away from the release that still runs beside it.

During a rolling release two versions of the code run on one schema, and a rollback runs the older one on the newer
schema. A migration may therefore only add what the older code need not know. What takes something away waits until a
released version does without it, and says which one was the last to use it: ``CONTRACT = ("0.3.0", "why")``.
"""

import re
from dataclasses import dataclass
from types import ModuleType

CREATES = re.compile(r"^CREATE\s+TABLE\b", re.IGNORECASE)
# Statement by statement; a clause of an ALTER counts as one.
TAKES_AWAY = (
    ("drops a table", re.compile(r"^DROP\s+TABLE\b", re.IGNORECASE)),
    ("empties a table", re.compile(r"^(TRUNCATE|DELETE\s+FROM)\b", re.IGNORECASE)),
    ("renames", re.compile(r"\bRENAME\b(?!\s+(INDEX|KEY)\b)", re.IGNORECASE)),
    ("changes a column", re.compile(r"\b(MODIFY|CHANGE)\b", re.IGNORECASE)),
    ("drops a column", re.compile(r"\bDROP\s+(?!(INDEX|KEY|FOREIGN\s+KEY|CONSTRAINT|TABLE)\b)", re.IGNORECASE)),
    ("forbids duplicates", re.compile(r"\b(ADD\s+(CONSTRAINT\s+\S+\s+)?|CREATE\s+)UNIQUE\b", re.IGNORECASE)),
    (
        "adds a column that the older code does not fill",
        re.compile(r"\bADD\s+(?:COLUMN\s+)?`\w+`(?!.*\b(DEFAULT|AUTO_INCREMENT)\b).*\bNOT\s+NULL\b", re.IGNORECASE),
    ),
)
VERSION = re.compile(r"\d+\.\d+\.\d+")


@dataclass(frozen=True)
class Finding:
    """One statement that takes something away, or a marker that does not allow it."""

    what: str
    statement: str


def findings(sql: str) -> list[Finding]:
    """Every statement of the SQL that the running release may not survive."""
    found = []
    for statement in (" ".join(part.split()) for part in sql.split(";")):
        if not statement or CREATES.match(statement):
            continue
        found += [Finding(what, statement) for what, pattern in TAKES_AWAY if pattern.search(statement)]
    return found


def unmarked(migration: ModuleType, sql: str, release: str) -> list[Finding]:
    """What the migration takes away without saying since when nobody uses it. `release` is the one being made."""
    found = findings(sql)
    marker = getattr(migration, "CONTRACT", None)
    if marker is None:
        return found
    last_user, reason = marker
    if not VERSION.fullmatch(last_user) or not reason.strip():
        return [Finding("CONTRACT must be a release and a reason", repr(marker))]
    if _number(last_user) >= _number(release):
        return [Finding(f"{last_user} still uses it: {release} stops, the release after it may contract", reason)]
    return [] if found else [Finding("CONTRACT without anything that is taken away", reason)]


def _number(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split("."))
