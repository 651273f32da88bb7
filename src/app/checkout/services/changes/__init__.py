"""What the buyer may change of an order that was placed."""
