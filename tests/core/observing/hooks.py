"""An ERROR_HOOK as somebody may write it: the failure as one line of JSON in the file that HOOK_FILE names."""

import json
import os
from dataclasses import asdict
from pathlib import Path

from src.common.logs.error_hook import Failure


def note(failure: Failure) -> None:
    """Append the failure."""
    with Path(os.environ["HOOK_FILE"]).open("a") as file:
        file.write(json.dumps(asdict(failure)) + "\n")
