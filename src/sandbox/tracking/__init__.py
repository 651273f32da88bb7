"""Simulated couriers and the service that tracks their parcels."""
