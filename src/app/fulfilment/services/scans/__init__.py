"""What couriers tell of parcels: asking them, reading what they send, and what follows."""
