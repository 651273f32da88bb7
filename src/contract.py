"""``python -m src.contract`` writes docs/openapi.json; with ``--check`` it writes nothing and exits 1 if the file is
out of date. No setting changes the document."""

import json
import os
import sys
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).parents[1] / "docs/openapi.json"


def text_of(document: dict[str, Any]) -> str:
    """Serialise the document. The text does not depend on the order of the routes."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main(arguments: list[str]) -> int:
    """Run the command of the module docstring."""
    os.environ.clear()  # settings in the environment could make the import fail
    from src.main import app

    text = text_of(app.openapi())
    if FILE.exists() and FILE.read_text() == text:
        print("ok: docs/openapi.json is up to date")  # noqa: T201
    elif "--check" in arguments:
        print("docs/openapi.json is not what the routes say: python -m src.contract", file=sys.stderr)  # noqa: T201
        return 1
    else:
        FILE.write_text(text)
        print("ok: docs/openapi.json is written")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
