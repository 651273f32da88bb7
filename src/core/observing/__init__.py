"""What the shop tells about itself: metrics, slow statements, failures, traces. Nothing here may break a request."""
