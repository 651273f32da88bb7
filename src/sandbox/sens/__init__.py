"""NCP SENS: SMS and AlimTalk, and what became of them."""

from src.sandbox.sens.endpoints import CHARSET, INSTEAD, LIMITS, SCHEMA, Sens, SensControl, cut, signature

__all__ = ["CHARSET", "INSTEAD", "LIMITS", "SCHEMA", "Sens", "SensControl", "cut", "signature"]
