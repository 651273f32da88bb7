"""What PortOne's browser SDK opens and answers: the payment window, a drop-in script, and the way back."""
