"""How often a word was searched for on a Korean day, and which words mean the same."""

from src.app.search.models.search_term import SearchTerm
from src.app.search.models.synonym_list import SynonymList

__all__ = ["SearchTerm", "SynonymList"]
