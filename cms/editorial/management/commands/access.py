"""Explain what a person may do, and write the roles' table for the documentation."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import Page

from cms.access.actions import Action
from cms.access.explain import sentence, table
from cms.languages.registry import CODES, SOURCE
from pages.addresses import url_path


class Command(BaseCommand):
    help = "explain EMAIL ACTION PATH [LANGUAGE]: whether a person may, and why. document: the roles as a table."

    def add_arguments(self, parser: CommandParser) -> None:
        commands = parser.add_subparsers(dest="command", required=True)
        explain = commands.add_parser("explain", help="Whether a person may do something, and why; exits 1 if not.")
        explain.add_argument("email")
        explain.add_argument("action", help=", ".join(Action))
        explain.add_argument("path", help="The page's address without its language, such as lan/skane/sfi/")
        explain.add_argument("language", nargs="?", default=SOURCE)
        commands.add_parser("document", help="Print the roles as a Markdown table.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["command"] == "document":
            self.stdout.write(table())
            return
        user = get_user_model().objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError(f"Nobody has the account {options['email']}.")
        if options["action"] not in list(Action):
            raise CommandError(f"There is no action {options['action']}. The actions are {', '.join(Action)}.")
        language, path = options["language"], options["path"].strip("/")
        if language not in CODES:
            raise CommandError(f"There is no language {language}. The languages are {', '.join(CODES)}.")
        page = Page.objects.filter(url_path=url_path(f"{path}/" if path else "", SOURCE)).first()
        if page is None:
            raise CommandError(f"There is no page {path}/.")
        target = language if language != SOURCE else None
        allowed, why = sentence(user, Action(options["action"]), page, target)
        self.stdout.write(why)
        if not allowed:
            raise CommandError("Denied.", returncode=1)
