"""Messages to telephones: what they carry, and what became of them."""
