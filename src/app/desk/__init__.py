"""The desk of staff: every order and every line, found, counted and told in one place."""
