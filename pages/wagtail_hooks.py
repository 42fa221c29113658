"""What the pages add to the editor."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from pages.models import Publisher


class PublisherViewSet(SnippetViewSet):
    """The publisher in each language."""

    model = Publisher
    icon = "site"
    menu_label = _("Publisher")
    add_to_settings_menu = True
    list_display = ("name", "language", "organisation_number")


register_snippet(PublisherViewSet)
