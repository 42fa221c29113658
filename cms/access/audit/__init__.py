"""The audit log: who did what, to what, when, and in which role (docs/audit.md)."""
