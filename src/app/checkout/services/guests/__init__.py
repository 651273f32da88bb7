"""What becomes of guests' orders when the guest is a member."""
