"""What happens to the roles that an identity provider gave when it is used no longer."""

from __future__ import annotations

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from cms.access.models import IdentityProvider, RoleAssignment
from cms.access.sync import sync


@transaction.atomic
def switch_off(provider: IdentityProvider) -> int:
    """Stop using ``provider``, and take the roles that it gave; returns how many."""
    provider.active = False
    provider.save(update_fields=["active"])
    given = list(RoleAssignment.objects.filter(provider=provider.key))
    for assignment in given:
        assignment.delete()
    if given:
        sync()
    return len(given)


@transaction.atomic
def remove_provider(provider: IdentityProvider) -> int:
    """Forget ``provider``, its mappings and its connections to accounts; the accounts stay."""
    count = switch_off(provider)
    # Another provider under the same key later must not inherit these people.
    SocialAccount.objects.filter(provider=provider.key).delete()
    provider.app.delete()
    return count
