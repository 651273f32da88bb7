"""Messages to shoppers about events: recipient, template and values."""
