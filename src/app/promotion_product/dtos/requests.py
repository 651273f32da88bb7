"""Limits of the picked lists."""

MOST = 100
