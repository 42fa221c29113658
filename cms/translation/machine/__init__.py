"""Machine translation, by providers that settings name."""
