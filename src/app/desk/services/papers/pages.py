"""Lay papers out as HTML for A4: Korean with English beside. Every text of a row is escaped; nothing is loaded."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

STYLE: Final = """
@page { size: A4; margin: 12mm; }
body { font: 10pt/1.45 "Malgun Gothic", "Apple SD Gothic Neo", sans-serif; color: #000; margin: 0; }
section { break-after: page; } section:last-child { break-after: auto; }
h1 { font-size: 16pt; margin: 0 0 2mm; } h1 small, th small, dt small { font-weight: normal; color: #555; }
p.when { margin: 0 0 4mm; color: #555; } p.stale { border: 2px solid #000; padding: 2mm; font-weight: bold; }
dl { display: grid; grid-template-columns: 38mm 1fr; gap: 1mm 3mm; margin: 0 0 5mm; } dt { font-weight: bold; }
dd { margin: 0; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; } tr { break-inside: avoid; } thead { display: table-header-group; }
th, td { border: 1px solid #999; padding: 1.5mm 2mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
td.n, th.n { text-align: right; white-space: nowrap; } td.box { width: 8mm; }
footer { margin-top: 6mm; color: #555; font-size: 9pt; }
"""

Label = tuple[str, str]
"""Korean and English."""


def page(title: Label, sections: Iterable[str]) -> str:
    """Return the whole document."""
    return (
        f'<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{escape(" · ".join(title))}</title>'
        f"<style>{STYLE}</style></head><body>{''.join(sections)}</body></html>"
    )


def section(title: Label, *parts: str) -> str:
    """Return a part that begins on a new sheet."""
    return f"<section><h1>{_label(title)}</h1>{''.join(parts)}</section>"


def when(text: str) -> str:
    """Return the line that says when it was printed and of what."""
    return f'<p class="when">{escape(text)}</p>'


def facts(pairs: Sequence[tuple[Label, str]]) -> str:
    """Return named values, without empty ones."""
    rows = (f"<dt>{_label(label)}</dt><dd>{escape(value)}</dd>" for label, value in pairs if value)
    return f"<dl>{''.join(rows)}</dl>"


def table(heading: Sequence[Label], rows: Iterable[Sequence[str | int]]) -> str:
    """Return a table; numbers stand to the right. A heading without words is a box to tick."""
    rows = list(rows)
    numbers = {place for place in range(len(heading)) if rows and isinstance(rows[0][place], int)}
    names = "".join(f"<th{_class(place, numbers)}>{_label(label)}</th>" for place, label in enumerate(heading))
    body = "".join(
        "<tr>" + "".join(_cell(cell, place, numbers, heading) for place, cell in enumerate(row)) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>"


def foot(text: str) -> str:
    """Return the last line of a sheet."""
    return f"<footer>{escape(text)}</footer>" if text else ""


def _label(label: Label) -> str:
    ko, en = label
    return f"{escape(ko)} <small>{escape(en)}</small>" if ko else ""


def _class(place: int, numbers: set[int]) -> str:
    return ' class="n"' if place in numbers else ""


def _cell(cell: str | int, place: int, numbers: set[int], heading: Sequence[Label]) -> str:
    if not heading[place][0]:
        return '<td class="box"></td>'
    text = f"{cell:,}" if isinstance(cell, int) else escape(cell)
    return f"<td{_class(place, numbers)}>{text}</td>"
