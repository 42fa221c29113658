"""What editors change holds from the next search on, and stands in the audit log, whoever changes it how."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from cms.access.audit.events import Event
from cms.access.audit.log import record
from cms.access.scopes import Scope
from search.curation import keep_best_bet, keep_synonyms
from search.keeping import changed
from search.models import BestBet, Synonyms


def _record(what: str, thing: Synonyms | BestBet, change: str, words: list[str]) -> None:
    # Neither words nor queries are of any page: what is not published is not named.
    record(
        Event.SETTINGS_CHANGED,
        about=f"search/{what}/{thing.pk}",
        scope=Scope(thing.language),
        change=change,
        words=" = ".join(words) if isinstance(thing, Synonyms) else ", ".join(words),
    )


@receiver(post_save, sender=Synonyms)
def _on_synonyms_saved(instance: Synonyms, created: bool, raw: bool = False, **_kwargs: Any) -> None:
    keep_synonyms(instance)
    if not raw:
        _record("synonyms", instance, "added" if created else "changed", instance.terms)


@receiver(post_delete, sender=Synonyms)
def _on_synonyms_deleted(instance: Synonyms, **_kwargs: Any) -> None:
    # Its terms went before it.
    changed()
    _record("synonyms", instance, "deleted", instance.terms)


@receiver(post_save, sender=BestBet)
def _on_best_bet_saved(instance: BestBet, created: bool, raw: bool = False, **_kwargs: Any) -> None:
    keep_best_bet(instance)
    changed()
    if not raw:
        _record("recommended", instance, "added" if created else "changed", instance.lines)


@receiver(post_delete, sender=BestBet)
def _on_best_bet_deleted(instance: BestBet, **_kwargs: Any) -> None:
    # With its page, too.
    changed()
    _record("recommended", instance, "deleted", instance.lines)
