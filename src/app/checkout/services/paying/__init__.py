"""Ways to pay: what is offered, what the payment window is opened with, and approving by the shop."""
