"""The people of the matrix, and the agreed table of roles written out: who may do what where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from cms.access.models import RoleAssignment
from cms.access.sync import sync
from tests.access.matrix.site import Cell

SWEDISH = "sv"


@dataclass(frozen=True)
class Person:
    """Somebody with one role: where it holds, and in which language."""

    key: str
    role: str
    place: str = ""
    language: str = SWEDISH
    expired: bool = False


PEOPLE = (
    Person("site-administrator", "site-administrator"),
    Person("national-editor", "national-editor", "national"),
    Person("national-publisher", "national-publisher", "national"),
    Person("county-editor-skane", "county-editor", "skane"),
    Person("county-publisher-skane", "county-publisher", "skane"),
    Person("translator-ar", "translator", "national", "ar"),
    Person("translator-ar-skane", "translator", "skane", "ar"),
    Person("reviewer-ar", "reviewer", "national", "ar"),
    Person("reviewer-ar-skane", "reviewer", "skane", "ar"),
    Person("analyst", "analyst"),
    Person("expired", "county-publisher", "skane", expired=True),
)

_EDITORS = {"national-editor", "county-editor"}
_PUBLISHERS = {"national-publisher", "county-publisher"}
_TRANSLATORS = {"translator", "reviewer"}
_WRITERS = _EDITORS | _PUBLISHERS
_DECIDERS = _PUBLISHERS | {"reviewer"}

#: What is done → the roles that do it in the place and language that they hold for.
OWN: dict[str, set[str]] = {
    "see": _WRITERS | _TRANSLATORS,
    "write": _WRITERS | _TRANSLATORS,
    "send": _WRITERS | _TRANSLATORS,
    "add": _WRITERS,
    "publish new pages": _PUBLISHERS,
    "delete a draft": _WRITERS,
    "delete": _PUBLISHERS,
    "publish": _DECIDERS,
    "unpublish": _DECIDERS,
    "moderate": _DECIDERS,
    "move": _PUBLISHERS,
    "lock": _PUBLISHERS,
    "restrict": _PUBLISHERS,
    "order": _PUBLISHERS | {"national-editor"},
    "export": _WRITERS | _TRANSLATORS,
    "import": _PUBLISHERS | _TRANSLATORS,
    "translate": _TRANSLATORS,
    "see machine jobs": _TRANSLATORS,
    "forget": {"reviewer"},
    "use files": _WRITERS,
    "add files": _WRITERS,
    "edit files": _PUBLISHERS,
    "assign": {"county-publisher"},
    "audit": {"county-publisher"},
    "give words to search": {"reviewer"},
    "read of searches": {"reviewer"},
    # Of her own pages.
    "reports": _WRITERS | _TRANSLATORS,
}
#: What is done → the roles that do it wherever it is.
EVERYWHERE: dict[str, set[str]] = {
    "accounts": {"site-administrator"},
    "redirects": {"site-administrator"},
    "settings": {"national-publisher", "site-administrator"},
    "withdraw": {"national-publisher"},
    "assign": {"site-administrator"},
    "audit": {"site-administrator", "analyst"},
    "reports": {"analyst"},
    "give words to search": {"national-publisher", "site-administrator"},
    "read of searches": {"national-publisher", "site-administrator", "analyst"},
    "see machine jobs": {"analyst", "site-administrator"},
}
#: Roles that hold for no place.
_EVERYBODY = {person.role for person in PEOPLE}


def may(person: Person, verb: str, at: Cell) -> bool:
    """Whether the agreed table lets ``person`` do it there.

    ``"anyone"``: whoever has a role; ``"her own"``: whoever has an account;
    ``"nobody"``: none but superusers; «… somewhere»: whoever may in some part of the site; «… in the
    language»: for the nation or a county; «… for the nation»: in any language; «… somewhere in the
    nation»: so, or everywhere; «… here or for the nation»: in the language, there or nationally.
    """
    if verb == "her own":
        return True
    if person.expired or verb == "nobody":
        return False
    if verb == "anyone":
        return person.role in _EVERYBODY
    if verb.endswith(" somewhere in the nation"):
        verb = verb.removesuffix(" somewhere in the nation")
        return person.role in EVERYWHERE[verb] or may(person, f"{verb} for the nation", at)
    if verb.endswith(" somewhere"):
        verb = verb.removesuffix(" somewhere")
        return person.role in OWN.get(verb, set()) | EVERYWHERE.get(verb, set())
    if verb.endswith(" in the language"):
        return person.language == at.language and person.role in OWN[verb.removesuffix(" in the language")]
    if verb.endswith(" here or for the nation"):
        verb = verb.removesuffix(" here or for the nation")
        return may(person, verb, at) or may(person, verb, Cell("national", at.language))
    if verb.endswith(" for the nation"):
        return person.place == "national" and person.role in OWN[verb.removesuffix(" for the nation")]
    if person.role in EVERYWHERE.get(verb, set()):
        return True
    here = (at.place, at.language or SWEDISH) == (person.place, person.language)
    return here and person.role in OWN.get(verb, set())


COUNTIES = {"skane": "12", "gotland": "09"}


def sign_up(person: Person) -> Any:
    """An account with the person's role; an expired one still has what the database gave her."""
    user = get_user_model().objects.create_user(f"{person.key}@example.org", password="a long password")
    assignment = RoleAssignment(
        user=user,
        role=person.role,
        county_id=COUNTIES.get(person.place),
        language="" if person.language == SWEDISH else person.language,
    )
    assignment.full_clean()
    assignment.save()
    sync()
    if person.expired:
        yesterday = timezone.localdate() - timedelta(days=1)
        RoleAssignment.objects.filter(pk=assignment.pk).update(ends_on=yesterday)
    return get_user_model().objects.get(pk=user.pk)
