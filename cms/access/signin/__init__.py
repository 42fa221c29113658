"""Signing in: accounts, second factors, counties' own identity providers, and what ends a session."""
