"""Simulator of NCP SENS: SMS, AlimTalk and their results."""

from src.sandbox.sens.endpoints import CHARSET, INSTEAD, LIMITS, SCHEMA, Sens, SensControl, cut, signature

__all__ = ["CHARSET", "INSTEAD", "LIMITS", "SCHEMA", "Sens", "SensControl", "cut", "signature"]
