"""Mail to the people of the editor's side, in the language that each has chosen."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation


def language_of(user: Any) -> str:
    """The language of the user's own choice, or the site's."""
    profile = getattr(user, "wagtail_userprofile", None)
    # Not the profile's own method: where she chose none it takes that of whoever acts now.
    return str(profile.preferred_language or settings.LANGUAGE_CODE) if profile else settings.LANGUAGE_CODE


def send_mail_to(user: Any, name: str, context: dict[str, Any]) -> None:
    """Send ``access/mail/<name>_subject.txt`` and ``<name>.txt``, rendered in the user's language.

    ``context`` gets the recipient as ``user`` and the site's address as ``base_url``.
    """
    values = context | {"user": user, "base_url": settings.WAGTAILADMIN_BASE_URL, "site_name": settings.SITE_NAME}
    with translation.override(language_of(user)):
        subject = " ".join(render_to_string(f"access/mail/{name}_subject.txt", values).split())
        body = render_to_string(f"access/mail/{name}.txt", values).strip() + "\n"
    send_mail(subject, body, None, [user.email])
