"""Who publishes the site: settings per site and language."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import Site

from cms.languages.django import django_languages


class Publisher(models.Model):
    """The publisher as the footer names it, in one language."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="publishers", verbose_name=_("site"))
    language = models.CharField(_("language"), max_length=10, choices=django_languages)
    name = models.CharField(_("name"), max_length=200)
    organisation_number = models.CharField(_("organisation number"), max_length=20, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    about = models.TextField(_("about the site"), blank=True, help_text=_("One or two sentences for the footer"))

    panels: ClassVar[list[Panel]] = [
        FieldPanel(name) for name in ("site", "language", "name", "organisation_number", "address", "email", "about")
    ]

    class Meta:
        verbose_name = _("publisher")
        verbose_name_plural = _("publishers")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["site", "language"], name="pages_publisher_one_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"
