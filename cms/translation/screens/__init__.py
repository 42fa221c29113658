"""The screens of translators, reviewers and who orders translations."""
