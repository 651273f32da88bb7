"""Simulator of PortOne V2: REST interface, payment window, webhooks, and switches that make it misbehave."""
