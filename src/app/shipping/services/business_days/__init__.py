"""Business days: the calendar, and what staff change of it."""
