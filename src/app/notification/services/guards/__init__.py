"""What keeps the shop's messages from being used by others: for their links, and against people who asked for nothing."""
