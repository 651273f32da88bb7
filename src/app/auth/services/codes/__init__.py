"""Codes beside those of sign-up and recovery."""
