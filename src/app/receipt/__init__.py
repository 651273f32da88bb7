"""Cash receipts (현금영수증): asked for, issued when the money is there, and following what goes back."""
