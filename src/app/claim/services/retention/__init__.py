"""What of a claim is kept how long, and moves to the archive with its order."""
