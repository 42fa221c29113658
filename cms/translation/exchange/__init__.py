"""Files out to translators and in again."""
