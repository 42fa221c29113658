"""Translation memory: what was approved, found again."""
