"""Statistics of searches."""

from src.app.search.models.search_term import SearchTerm

__all__ = ["SearchTerm"]
