"""``manage.py identity_provider``: the counties' own identity providers and what their claims give."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import urlsplit

from allauth.socialaccount.models import SocialApp
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_slug
from django.db import transaction

from cms.access.models import ClaimMapping, IdentityProvider
from cms.access.signin.providers import remove_provider, switch_off
from cms.geography.models import County

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_SECRET = "OIDC_CLIENT_SECRET"  # noqa: S105  (the name of a variable)


class Command(BaseCommand):
    help = "Adds, lists, switches and removes the counties' OpenID Connect providers and their claim mappings."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("list", help="the providers and their mappings")
        add = actions.add_parser("add", help=f"a provider; its secret is read from the variable {_SECRET}")
        add.add_argument("key", help="its name in addresses: small letters, digits, hyphens")
        add.add_argument("--name", required=True, help="what it is called where one signs in")
        add.add_argument("--county", required=True, help="the county's code or slug")
        add.add_argument("--issuer", required=True, help="https://… as the provider's description names itself")
        add.add_argument("--client-id", required=True)
        for action, text in (("on", "use it"), ("off", "don't use it, and take its roles"), ("remove", "forget it")):
            actions.add_parser(action, help=text).add_argument("key")
        for action in ("map", "unmap"):
            mapping = actions.add_parser(action, help="a claim's value and the role that it gives")
            mapping.add_argument("key")
            mapping.add_argument("claim")
            mapping.add_argument("value")
            mapping.add_argument("role")
            mapping.add_argument("--language", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['action']}")(options)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error

    def _list(self, _options: dict[str, Any]) -> None:
        for provider in IdentityProvider.objects.select_related("app", "county").order_by("app__provider_id"):
            state = "in use" if provider.active else "not in use"
            self.stdout.write(f"{provider.key}: {provider}, {provider.app.settings.get('server_url')}, {state}")
            for mapping in provider.mappings.order_by("claim", "value", "role", "language"):
                self.stdout.write(f"  {mapping}")

    @transaction.atomic
    def _add(self, options: dict[str, Any]) -> None:
        validate_slug(options["key"])
        if IdentityProvider.objects.filter(app__provider_id=options["key"]).exists():
            raise CommandError(f"There is a provider {options['key']} already.")
        issuer = urlsplit(options["issuer"])
        if issuer.scheme != "https" and not (issuer.scheme == "http" and issuer.hostname in _LOOPBACK):
            raise CommandError("The issuer's address must begin with https://.")
        secret = os.environ.get(_SECRET, "")
        if not secret:
            raise CommandError(f"Give the client's secret in the environment variable {_SECRET}.")
        app = SocialApp(
            provider="openid_connect",
            provider_id=options["key"],
            name=options["name"],
            client_id=options["client_id"],
            secret=secret,
            settings={"server_url": options["issuer"]},
        )
        app.full_clean()
        app.save()
        provider = IdentityProvider.objects.create(app=app, county=_county(options["county"]))
        self.stdout.write(
            f"Added: {provider}. Its address to come back to: /accounts/oidc/{provider.key}/login/callback/"
        )

    def _on(self, options: dict[str, Any]) -> None:
        provider = _provider(options)
        provider.active = True
        provider.save(update_fields=["active"])
        self.stdout.write(f"In use: {provider}")

    def _off(self, options: dict[str, Any]) -> None:
        provider = _provider(options)
        self.stdout.write(f"Not in use: {provider}. Roles taken: {switch_off(provider)}")

    def _remove(self, options: dict[str, Any]) -> None:
        provider = _provider(options)
        name = str(provider)
        self.stdout.write(f"Removed: {name}. Roles taken: {remove_provider(provider)}")

    def _map(self, options: dict[str, Any]) -> None:
        mapping = ClaimMapping(provider=_provider(options), **_mapping(options))
        mapping.full_clean()
        mapping.save()
        self.stdout.write(f"Mapped: {mapping}")

    def _unmap(self, options: dict[str, Any]) -> None:
        count, _by_model = ClaimMapping.objects.filter(provider=_provider(options), **_mapping(options)).delete()
        if not count:
            raise CommandError("There is no such mapping.")
        self.stdout.write("Taken away. Who has the role keeps it until she signs in the next time.")


def _mapping(options: dict[str, Any]) -> dict[str, str]:
    return {name: options[name] for name in ("claim", "value", "role", "language")}


def _provider(options: dict[str, Any]) -> IdentityProvider:
    found = IdentityProvider.objects.select_related("app", "county").filter(app__provider_id=options["key"]).first()
    if found is None:
        raise CommandError(f"There is no provider {options['key']}.")
    return found


def _county(name: str) -> County:
    found = County.objects.filter(pk=name).first() or County.objects.filter(slug=name).first()
    if found is None:
        raise CommandError(f"There is no county {name}.")
    return found
