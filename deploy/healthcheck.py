# noqa: INP001 - run as a file, inside the image
"""Whether the process of this container is well: ``python -I -S healthcheck.py``; exit status 0 or 1.

The web server answers at ``/health``. Worker and scheduler serve no requests: their event loop touches a file every
five seconds (`src.worker.process.entry`). Imports nothing of the shop: it is asked every ten seconds.
"""

import os
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

SECONDS = 3
STALE_SECONDS = 30


def kind_of(command: list[str]) -> str:
    """What a process of this command line is: ``web``, ``worker`` or ``scheduler``."""
    if "src.worker.scheduler" in command:
        return "scheduler"
    return "worker" if "src.worker" in command else "web"


def is_well(kind: str, environment: Mapping[str, str]) -> bool:
    """Whether it says 200, or its loop turned lately."""
    if kind != "web":
        beats = (Path(environment.get("STATE_DIR", "var")) / "alive").glob(f"{kind}-{os.uname().nodename}-*")
        return any(time.time() - beat.stat().st_mtime < STALE_SECONDS for beat in beats)
    url = f"http://127.0.0.1:{environment.get('PORT', '8000')}/health"
    try:
        with urllib.request.urlopen(url, timeout=SECONDS) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    first = Path("/proc/1/cmdline").read_bytes().decode(errors="replace").split("\0")
    sys.exit(0 if is_well(kind_of(first), os.environ) else 1)
