"""Search suggestions, popular words, synonyms and search statistics."""
