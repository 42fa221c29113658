"""Terms: what a concept of Swedish society is called in each language, and what it must not be called."""
