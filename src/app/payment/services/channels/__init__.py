"""Payment channels: which ways to pay there are, and which one a payment opens with."""
