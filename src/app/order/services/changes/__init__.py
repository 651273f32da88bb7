"""What may still change of an order before it is sent."""
