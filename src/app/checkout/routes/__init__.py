"""Routes of ordering that are not in the router itself."""
