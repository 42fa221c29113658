"""A changed glossary is read anew."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from cms.translation.glossary.index import forget
from cms.translation.glossary.models import Concept, Term


@receiver([post_save, post_delete], sender=Concept)
@receiver([post_save, post_delete], sender=Term)
def changed(**kwargs: Any) -> None:
    """Now, for who changes it and reads on, and at the commit, for who read in between what was before."""
    forget()
    transaction.on_commit(forget)
