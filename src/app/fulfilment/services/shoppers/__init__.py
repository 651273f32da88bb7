"""What shoppers see and say of their parcels."""
