"""What of a cash receipt is kept how long."""
