"""Use cases of the search domain."""
