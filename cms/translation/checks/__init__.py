"""Checks of a translated text, small and registered."""
