"""Coverage: every page in every language, how it stands, what is left to do and by when."""
