"""What the words of a question stand for: other words for the same, and what a half-typed one may become."""
