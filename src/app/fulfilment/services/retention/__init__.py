"""What of a shipment is kept how long."""
