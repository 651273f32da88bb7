"""The summary of an operation: the first sentence of its docstring, short enough for a list."""

import re
from typing import Final

MAX_LENGTH: Final = 90
_PARAGRAPH: Final = re.compile(r"\n\s*\n")
_IN_BRACKETS: Final = re.compile(r"\s*\([^()]*\)")
_SENTENCE_END: Final = re.compile(r"[.:;](?:\s|$)")


def summary_of(docstring: str | None) -> str | None:
    """Return the first clause of a docstring in plain text, at most 90 characters, or None without a docstring.

    Brackets and code marks are removed. A longer clause is cut at its last comma within the limit; without a comma it
    is returned whole, and the test of the document fails.
    """
    if not docstring or not docstring.strip():
        return None
    paragraph = " ".join(_PARAGRAPH.split(docstring.strip(), maxsplit=1)[0].split()).replace("`", "")
    clause = _SENTENCE_END.split(_IN_BRACKETS.sub("", paragraph), maxsplit=1)[0]
    if len(clause) > MAX_LENGTH and (comma := clause.rfind(", ", 0, MAX_LENGTH)) > 0:
        return clause[:comma]
    return clause
