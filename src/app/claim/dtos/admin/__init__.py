"""Bodies of the staff routes."""
