"""Lines of orders from PAID on: units, statuses that follow from them, and what may be done next."""
