"""Bodies of the desk."""
