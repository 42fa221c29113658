"""Whom a county's identity provider may sign in, and which roles its claims come to.

Nothing here trusts a claim for more than its provider's county: a role comes from the mapping table
alone, and everything is written in one transaction or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.access.models.assignments import RoleAssignment
from cms.access.models.identity import IdentityProvider
from cms.access.policy import forget_holdings
from cms.access.signin.invitations import new_account
from cms.access.sync import sync

#: Longest identifier that django-allauth keeps of somebody at a provider.
_SUBJECT_LENGTH = 191


class RefusedError(Exception):
    """A provider said who somebody is, and that person doesn't come in this way. The message says why."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that a claim gives, within the provider's county."""

    role: str
    language: str


def values_of(claims: dict[str, Any], name: str) -> set[str]:
    """The values of a claim, one or a list of them; with dots in ``name``, of one inside another."""
    found: Any = claims.get(name)
    if found is None and "." in name:
        found = claims
        for part in name.split("."):
            found = found.get(part) if isinstance(found, dict) else None
    entries = found if isinstance(found, list) else [found]
    return {str(entry) for entry in entries if isinstance(entry, str | int) and not isinstance(entry, bool)}


def grants_of(provider: IdentityProvider, claims: dict[str, Any]) -> set[Grant]:
    """What the provider's mapping makes of the claims. One query."""
    return {
        Grant(mapping.role, mapping.language)
        for mapping in provider.mappings.all()
        if mapping.value in values_of(claims, mapping.claim)
    }


@transaction.atomic
def admit(provider: IdentityProvider, claims: dict[str, Any]) -> User:
    """The account that comes in with these claims, made, connected and given its roles if need be.

    ``claims`` are the provider's, already proven to be so. Raises ``RefusedError``, and writes
    nothing, for whom the provider doesn't speak.
    """
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= _SUBJECT_LENGTH:
        raise RefusedError(_("The identity provider did not say who you are."))
    grants = grants_of(provider, claims)
    known = SocialAccount.objects.filter(provider=provider.key, uid=subject).first()
    user = _lock(known.user_id) if known else _by_email(provider, claims, grants)
    _check(provider, user)
    if known is None:
        SocialAccount.objects.create(provider=provider.key, uid=subject, user=user)
    if _give(provider, user, grants):
        sync()
        forget_holdings(user)
    return user


def _lock(pk: int) -> User:
    return get_user_model().objects.select_for_update().get(pk=pk)


def _by_email(provider: IdentityProvider, claims: dict[str, Any], grants: set[Grant]) -> User:
    """The account with the address that the provider has verified; a new one if a role awaits it."""
    email = str(claims.get("email") or "").strip().lower()
    # Exactly true: some providers write "false", which is a text that counts as true elsewhere.
    if not email or claims.get("email_verified") is not True:
        raise RefusedError(_("The identity provider has not verified your e-mail address."))
    users = get_user_model().objects.select_for_update()
    found = list(users.filter(Q(email__iexact=email) | Q(username__iexact=email))[:2])
    if len(found) == 1:
        if not _unended(found[0]).exists():
            # Nobody's yet, or nobody's any more: only a county's own people are the county's to sign in.
            raise RefusedError(_elsewhere(provider))
        return found[0]
    if found:
        raise RefusedError(_("Several accounts have your e-mail address. Ask the site administrators."))
    if not grants:
        raise RefusedError(
            _("You have no account here, and nothing that %(provider)s says of you gives you a role.")
            % {"provider": provider.app.name}
        )
    try:
        return new_account(email, str(claims.get("name") or ""))
    except ValidationError as error:
        raise RefusedError(" ".join(error.messages)) from error


def _unended(user: User) -> QuerySet[RoleAssignment]:
    """The person's roles of today and of days to come."""
    return RoleAssignment.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate()), user=user)


def _elsewhere(provider: IdentityProvider) -> str:
    return _(
        "%(provider)s signs in people of its own county alone. "
        "Sign in with your e-mail address and password, or ask for a new password."
    ) % {"provider": provider.app.name}


def _check(provider: IdentityProvider, user: User) -> None:
    if not user.is_active:
        raise RefusedError(_("This account is closed."))
    # Asked again of connected accounts: whoever has since got a role elsewhere is more than the county's.
    if user.is_superuser or _unended(user).exclude(county_id=provider.county_id).exists():
        raise RefusedError(_elsewhere(provider))


def _give(provider: IdentityProvider, user: User, grants: set[Grant]) -> bool:
    """Make the roles that this provider gave equal to ``grants``; whether anything changed.

    What people gave stays, and stands in for a grant of the same role until it ends.
    """
    changed = False
    for assignment in RoleAssignment.objects.filter(user=user, provider=provider.key):
        kept = assignment.county_id == provider.county_id and Grant(assignment.role, assignment.language) in grants
        if not kept:
            assignment.delete()
        elif not _lasts(assignment):
            _renew(assignment)
        else:
            continue
        changed = True
    held = {
        Grant(assignment.role, assignment.language)
        for assignment in _unended(user).filter(county_id=provider.county_id)
    }
    for grant in sorted(grants - held, key=lambda grant: (grant.role, grant.language)):
        values = {"user": user, "role": grant.role, "language": grant.language, "county": provider.county}
        # One that has ended is in a new one's place: nobody has the same role twice.
        assignment = RoleAssignment.objects.filter(**values).first() or RoleAssignment(**values)
        assignment.provider = provider.key
        assignment.starts_on = None
        try:
            with transaction.atomic():
                _renew(assignment)
        except IntegrityError:
            # The same person came in twice at the same moment.
            continue
        changed = True
    return changed


def _lasts(assignment: RoleAssignment) -> bool:
    """Whether the last day is at least half of ``PROVIDER_ROLE_DAYS`` away, so that few sign-ins write."""
    days = settings.PROVIDER_ROLE_DAYS
    if assignment.ends_on is None:
        return False
    return days <= 2 * (assignment.ends_on - timezone.localdate()).days <= 2 * days


def _renew(assignment: RoleAssignment) -> None:
    """Save the role with a new last day. Raises ``RefusedError`` where it is none any more."""
    assignment.ends_on = timezone.localdate() + timedelta(days=settings.PROVIDER_ROLE_DAYS)
    try:
        assignment.full_clean()
    except ValidationError as error:
        # The mapping is older than the site's roles or languages.
        refusal = [_("This identity provider can't sign you in here."), *error.messages]
        raise RefusedError(" ".join(refusal)) from error
    assignment.save()
