"""What goes back of an order: reasons, their faults, and the calculator. Pure functions."""
