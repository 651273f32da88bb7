"""PortOne's browser SDK: the payment window, a drop-in script, and the redirect back."""
