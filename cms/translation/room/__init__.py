"""The translator's room."""
