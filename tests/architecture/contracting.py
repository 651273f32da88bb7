"""What a migration takes away from the release that still runs beside it.

During a rolling release two versions of the code run on one schema, and a rollback runs the older one on the newer
schema. A migration may therefore only add what the older code need not know; a VARCHAR that gets longer, and is the
same in everything else, takes nothing from it. What takes something away waits until a released version does without
it, and says which one was the last to use it: ``CONTRACT = ("0.3.0", "why")``.
"""

import re
from collections.abc import Iterable, Mapping
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
TABLE = re.compile(r"^(?:CREATE\s+TABLE(?:\s+IF\s+NOT\s+EXISTS)?|ALTER\s+TABLE)\s+`(?P<table>\w+)`", re.IGNORECASE)
VARCHAR = r"`(?P<column>\w+)`\s+VARCHAR\((?P<length>\d+)\)(?P<rest>[^,()]*)"
HAS = re.compile(rf"(?:[(,]|\bADD(?:\s+COLUMN)?|\bMODIFY(?:\s+COLUMN)?)\s*{VARCHAR}", re.IGNORECASE)
BECOMES = re.compile(rf"\bMODIFY(?:\s+COLUMN)?\s+{VARCHAR}", re.IGNORECASE)
KEPT_BY_MODIFY = re.compile(r"\b(UNIQUE|PRIMARY\s+KEY)\b", re.IGNORECASE)
# A comment lists the values of an enum. It changes no row and refuses none.
COMMENT = re.compile(r"\bCOMMENT\s+'(?:[^']|'')*'", re.IGNORECASE)
VERSION = re.compile(r"\d+\.\d+\.\d+")


@dataclass(frozen=True)
class Finding:
    """One statement that takes something away, or a marker that does not allow it."""

    what: str
    statement: str


Texts = Mapping[tuple[str, str], tuple[int, str]]
"""Of each VARCHAR by table and column: its length, and whatever else is said of it."""


def findings(sql: str, before: Texts | None = None) -> list[Finding]:
    """Every statement of the SQL that the running release may not survive, on a schema with these texts."""
    found = []
    for statement in _statements(sql):
        if CREATES.match(statement):
            continue
        rest = _without_longer_texts(statement, before or {})
        found += [Finding(what, statement) for what, pattern in TAKES_AWAY if pattern.search(rest)]
    return found


def texts_of(migrations: Iterable[str]) -> Texts:
    """Every VARCHAR that the SQL of these migrations makes, one after the other."""
    known: dict[tuple[str, str], tuple[int, str]] = {}
    for statement in (part for sql in migrations for part in _statements(sql)):
        if table := TABLE.match(statement):
            for column in HAS.finditer(statement, table.end()):
                known[table["table"], column["column"]] = (int(column["length"]), _said(column["rest"]))
    return known


def _statements(sql: str) -> list[str]:
    parts = COMMENT.sub(" ", sql).split(";")
    return [statement for part in parts if (statement := " ".join(part.split()))]


def _said(rest: str) -> str:
    """What is said of a column beside its type. A MODIFY says nothing of its keys and keeps them."""
    return " ".join(KEPT_BY_MODIFY.sub(" ", rest).upper().split())


def _without_longer_texts(statement: str, before: Texts) -> str:
    """The statement without the clauses that only make a text longer."""
    if (table := TABLE.match(statement)) is None:
        return statement

    def judged(clause: re.Match[str]) -> str:
        length, said = before.get((table["table"], clause["column"]), (0, ""))
        is_longer = 0 < length <= int(clause["length"]) and _said(clause["rest"]) == said
        return "" if is_longer else clause[0]

    return BECOMES.sub(judged, statement)


def unmarked(migration: ModuleType, sql: str, release: str, before: Texts | None = None) -> list[Finding]:
    """What the migration takes away without saying since when nobody uses it. `release` is the one being made."""
    found = findings(sql, before)
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
