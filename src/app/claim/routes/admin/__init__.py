"""Staff routes of claims."""
