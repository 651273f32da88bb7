"""Ways to pay: what is offered, and what the payment window is opened with."""
