"""Ordering translations: what it costs first, then one task in the background. Ordering publishes nothing."""
