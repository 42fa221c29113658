"""People: who gives and takes roles, invites, keeps accounts, and what a person may do."""
