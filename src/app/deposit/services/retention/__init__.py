"""What of a manual transfer is kept how long."""
