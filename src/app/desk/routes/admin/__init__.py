"""Staff routes of the desk, by screen."""
