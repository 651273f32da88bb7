# noqa: INP001 - a folder of helpers that are run as files
"""Write the public holidays of Korea from the package `holidays` into the file that the shop reads.

    .venv/bin/python scripts/public_holidays.py

Run it when a new release of the package knows more (elections, special days off). The package itself costs a worker 20
MB of memory, so it is a tool of development only.
"""

from pathlib import Path

import holidays

FIRST, LAST = 2024, 2050
FILE = Path(__file__).resolve().parent.parent / "src/app/shipping/services/business_days/public_holidays.toml"
HEAD = """\
# Public holidays of Korea (관공서의 공휴일에 관한 규정), with substitute days and election days as far as they are known.
# Written by scripts/public_holidays.py; do not edit. What the shop does differently, staff set as business days.
"""


def text() -> str:
    """Return what the file should be: one line a day, by date."""
    days = holidays.country_holidays("KR", years=range(FIRST, LAST + 1), language="ko")
    return HEAD + "".join(f'{day.isoformat()} = "{days[day]}"\n' for day in sorted(days))


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
    print(f"ok: {FILE.name} is written")  # noqa: T201 - a command
