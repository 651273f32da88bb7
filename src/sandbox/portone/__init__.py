"""A simulator of PortOne V2: REST, payment window, webhooks, and the switches that make it misbehave."""
