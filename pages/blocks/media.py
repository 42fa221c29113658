"""Pictures and films."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from pages.blocks.text import TextBlock


class PictureBlock(blocks.StructBlock):
    """A picture. Value: ``{image, alt, caption, credit}``; no ``alt`` means that it only decorates."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("Alternative text"),
        help_text=_("What the picture shows, for those who do not see it. Empty if it only decorates."),
        required=False,
        max_length=300,
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)
    credit = blocks.CharBlock(label=_("Photographer or artist"), required=False, max_length=120)

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture with alternative text, caption and credit in this language")
        template = "pages/blocks/picture.html"


class FilmBlock(blocks.StructBlock):
    """A film. Value: ``{title, url, length, transcript}``.

    Nothing is requested from where the film lies until the reader presses play.
    """

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    url = blocks.URLBlock(label=_("Address of the film file"))
    length = blocks.RegexBlock(
        label=_("Length"),
        regex=r"^\d{1,3}:[0-5]\d$",
        help_text=_("Minutes and seconds, such as 3:20"),
        required=False,
    )
    transcript = TextBlock(label=_("Transcript"), help_text=_("All that is said and shown"))

    class Meta:
        icon = "media"
        label = _("Film")
        description = _("A film with a transcript; it loads when the reader presses play")
        template = "pages/blocks/film.html"
        preview_value = {
            "title": "A day at SFI",
            "url": "https://example.org/film.mp4",
            "length": "3:20",
            "transcript": "<p>Good morning.</p>",
        }
