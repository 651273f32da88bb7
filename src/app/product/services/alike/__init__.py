"""Colours and sizes of names that a person takes for the same."""
