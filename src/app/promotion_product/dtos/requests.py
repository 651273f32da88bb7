"""Limits of the curated lists."""

MOST = 100
