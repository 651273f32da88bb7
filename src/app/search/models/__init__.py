"""Search counts by word and Korean day, and the list of synonyms."""

from src.app.search.models.search_term import SearchTerm
from src.app.search.models.synonym_list import SynonymList

__all__ = ["SearchTerm", "SynonymList"]
