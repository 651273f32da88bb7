"""Bodies and events of claims."""
