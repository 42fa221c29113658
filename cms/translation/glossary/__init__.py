"""Terms: what a concept is called in each language."""
