"""Who is told of moderation, and what happens to what nobody decides."""
