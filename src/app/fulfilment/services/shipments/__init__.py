"""Shipments: sending, moving, correcting, reading."""
