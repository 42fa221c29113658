"""Whom to turn to: a function, never a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class ContactBlock(blocks.StructBlock):
    """A contact card. Value: ``{name, about, phone, email, url, address, hours}``, all text."""

    name = blocks.CharBlock(label=_("Function or unit (not a person)"), max_length=200)
    about = blocks.CharBlock(label=_("What it helps with"), required=False, max_length=300)
    phone = blocks.RegexBlock(
        label=_("Telephone"), regex=r"^\+?[0-9][0-9 ()\-–]*$", required=False, help_text=_("Digits, spaces and hyphens")
    )
    email = blocks.EmailBlock(label=_("E-mail"), required=False)
    url = blocks.URLBlock(label=_("Web address"), required=False)
    address = blocks.CharBlock(label=_("Visiting address"), required=False, max_length=300)
    hours = blocks.CharBlock(label=_("Opening hours"), required=False, max_length=300)

    class Meta:
        icon = "mail"
        label = _("Contact")
        description = _("Whom to turn to: a function, never a person")
        template = "pages/blocks/contact.html"
        preview_value = {
            "name": "The integration unit",
            "about": "Questions about local information",
            "phone": "010-000 00 00",
            "email": "integration@example.org",
            "url": "",
            "address": "",
            "hours": "",
        }
