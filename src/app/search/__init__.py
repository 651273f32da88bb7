"""What people look for: suggestions, popular words, and what they did not find."""
