"""``python -m tests.architecture.stored_names`` adds new names to the files; with ``--json`` it prints all and writes
nothing. A process of its own, because it imports all of the shop and registers everything."""

import json
import os
import sys
import warnings

from tests.architecture import stored_names


def main(arguments: list[str]) -> int:
    """See the module's text."""
    os.environ.clear()  # the names are those of the code, whatever is set here
    warnings.simplefilter("ignore")
    from tests.architecture.stored_names import registered, written

    found = {**registered.collected(), **written.collected()}
    if "--json" in arguments:
        print(json.dumps(found, ensure_ascii=False))
        return 0
    told = stored_names.add(found)
    print("\n".join(told) or "ok: every name is listed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
