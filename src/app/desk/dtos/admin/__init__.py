"""Bodies of the staff routes of the desk."""
