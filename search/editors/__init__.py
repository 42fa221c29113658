"""What editors give to search, and what they learn from it: synonyms, recommended pages, searches that found little."""
