"""``manage.py second_factor status|reset EMAIL``: for who has lost phone, key and recovery codes alike."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cms.access.audit.events import Event
from cms.access.audit.log import record


class Command(BaseCommand):
    help = "Shows a person's second factors, or takes them away so that she sets up new ones."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["status", "reset"])
        parser.add_argument("email", metavar="EMAIL")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip()
        found = list(get_user_model().objects.filter(email__iexact=email)[:2])
        if len(found) != 1:
            raise CommandError(f"{'No' if not found else 'More than one'} account has the address {email}.")
        factors = Authenticator.objects.filter(user=found[0]).order_by("type", "created_at")
        lines = [f"{factor.get_type_display()}, since {factor.created_at:%Y-%m-%d}" for factor in factors]
        if options["action"] == "status":
            self.stdout.write("\n".join(lines) or "No second factor.")
            return
        with transaction.atomic():
            factors.delete()
            # Without a second factor the password alone would do, for whoever knows it; and a session may
            # be open where the lost thing is. A void password ends both: the mailbox decides.
            user = found[0]
            user.set_unusable_password()
            user.save(update_fields=["password"])
            record(Event.SECOND_FACTOR_REMOVED, about=user.email, scope=None, kinds=len(lines))
        self.stdout.write(
            f"Taken away: {len(lines)} of {email}. The sessions have ended and the password is void: "
            "she asks for a new one where one signs in, and sets up a second factor."
        )
