"""Comments on texts, and the mail to those who are mentioned."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.access.actions import Action
from cms.access.moderation.notices import tell
from cms.access.moderation.people import people_who_may
from cms.access.naming import name_of
from cms.access.scopes import county_of
from cms.languages.registry import BY_CODE
from cms.translation.localize import Unit
from cms.translation.markup import plain
from cms.translation.models import TranslationRecord
from cms.translation.room.models import SegmentComment


def mentionable(record: TranslationRecord) -> list[Any]:
    """The users who may see the translation, and so may be asked about it; one query."""
    return people_who_may(Action.SEE, record)


@transaction.atomic
def comment(
    record: TranslationRecord, unit: Unit, text: str, user: Any, mentions: Iterable[int] = ()
) -> SegmentComment:
    """Write a comment on a text and mail those whom it mentions, by the ids of their accounts.

    Raises ``ValidationError`` where nothing is said, or somebody is mentioned who may not see the translation.
    """
    text = text.strip()
    if not text:
        raise ValidationError(_("Write what you want to say."))
    wanted = set(mentions)
    people = [person for person in mentionable(record) if person.pk in wanted] if wanted else []
    if len(people) != len(wanted):
        raise ValidationError(_("Only those who work on this translation can be mentioned."))
    made = SegmentComment(record=record, path=unit.path, source_hash=unit.hash, text=text, user=user)
    made.full_clean()
    made.save()
    made.mentions.set(people)
    tell(people, "translation_mention", _letter(record, unit, made), but=user)
    return made


def _letter(record: TranslationRecord, unit: Unit, made: SegmentComment) -> dict[str, Any]:
    county = county_of(record.access_scope)
    address = reverse("translation_room", args=[record.pk])
    return {
        "by": name_of(made.user),
        "title": record.source.page.title if record.source.page else "",
        "language": BY_CODE[record.language].autonym,
        "county": county.short_name if county else "",
        "source": plain(unit.source),
        "comment": made.text,
        "url": f"{settings.WAGTAILADMIN_BASE_URL}{address}#unit-{unit.id}",
    }
