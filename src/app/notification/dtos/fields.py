"""Field types of messages."""

from typing import Literal

Language = Literal["ko", "en"]
