"""Inputs and outputs of the search domain."""
