"""Observability: metrics, slow statements, failures, traces. Nothing here may break a request."""
