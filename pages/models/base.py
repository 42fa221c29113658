"""What every page type has."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.models import Page, PagePermissionTester, Site
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.access.scopes import split_url_path
from cms.access.tester import RolePagePermissionTester, StructuralPagePermissionTester
from cms.languages.registry import BY_CODE, SOURCE, Language
from cms.translation.states import TranslationState
from pages.addresses import RESERVED_SEGMENTS, address
from pages.blocks.body import BodyBlock
from pages.fields import BodyField, with_ids
from pages.forms import PageForm
from pages.sources import validate_sources

_SLUG = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")


class BasePage(Page):
    """A page that the public reads; abstract.

    The summary is Wagtail's ``search_description``: lists of pages of many types have it without a
    query a type. ``alternative_titles`` and ``search_words`` are one a line; ``sources`` too, as ``title | address``
    (``pages.sources``).
    """

    body = BodyField(BodyBlock(), verbose_name=_("text"), blank=True)
    alternative_titles = models.TextField(
        _("alternative titles"), blank=True, help_text=_("Other names that a reader may look for, one a line")
    )
    search_words = models.TextField(
        _("search words"), blank=True, help_text=_("Words that lead to this page in search, one a line")
    )
    sources = models.TextField(
        _("sources"),
        blank=True,
        validators=[validate_sources],
        help_text=_("Where the facts come from, one a line: title | address"),
    )
    responsible = models.CharField(
        _("responsible"),
        max_length=200,
        blank=True,
        help_text=_("The function that answers for the page, never a person"),
    )
    review_by = models.DateField(_("review by"), null=True, blank=True)
    translation_state = models.CharField(
        _("state of the translation"),
        max_length=20,
        blank=True,
        choices=TranslationState.choices,
        editable=False,
    )
    minor_edit = models.BooleanField(
        _("minor edit"),
        default=False,
        # A process of the release before, still running while this one is set up, knows no such column.
        db_default=False,
        help_text=_("The change says nothing new: no translation becomes outdated by it. For publishers."),
    )

    base_form_class = PageForm

    #: Whether the trees hang on it, so that nobody may move or delete it.
    is_structural: ClassVar[bool] = False
    # The type's name in the content format (docs/content-format.md).
    content_type_name: ClassVar[str]

    #: Without the slug, for the roots: theirs name their language.
    root_translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("title"),
        TranslatableField("search_description"),
        TranslatableField("body"),
        TranslatableField("alternative_titles"),
        TranslatableField("search_words"),
        SynchronizedField("sources", overridable=False),
        SynchronizedField("responsible", overridable=False),
        SynchronizedField("review_by", overridable=False),
    ]
    translatable_fields: ClassVar[list[Any]] = [
        *root_translatable_fields,
        SynchronizedField("slug", overridable=False),
    ]

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("search_description", heading=_("Summary"), help_text=_("One or two sentences, shown in lists")),
        FieldPanel("body"),
    ]
    promote_panels: ClassVar[list[Panel]] = [
        FieldPanel("slug"),
        MultiFieldPanel([FieldPanel("alternative_titles"), FieldPanel("search_words")], heading=_("Finding the page")),
        MultiFieldPanel(
            [
                FieldPanel("sources"),
                FieldPanel("responsible"),
                FieldPanel("review_by"),
                FieldPanel("translation_state", read_only=True),
                FieldPanel("minor_edit"),
            ],
            heading=_("Sources and care"),
        ),
    ]

    class Meta:
        abstract = True

    @property
    def language(self) -> Language:
        """The language that the page is written in."""
        parts = split_url_path(self.url_path) if self.url_path else None
        return BY_CODE[parts[0] if parts and parts[0] in BY_CODE else SOURCE]

    @property
    def summary(self) -> str:
        """One or two sentences."""
        return str(self.search_description)

    @property
    def reading_path(self) -> str:
        """The page's address without its language: ``att-bo/hyra-bostad/``."""
        parts = split_url_path(self.url_path) if self.url_path else None
        return parts[1] if parts else ""

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """What ``user`` may do with this page: the one seam for Wagtail's views and bulk actions."""
        if self.is_structural:
            return StructuralPagePermissionTester(user, self)
        return RolePagePermissionTester(user, self)

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Site, its address and the page's: the local tree has no Wagtail site of its own."""
        parts = split_url_path(self.url_path)
        if parts is None:
            return None
        for site in self._get_site_root_paths(request):
            return site.site_id, site.root_url, address(parts[1], parts[0])
        return None

    def get_site(self) -> Site | None:
        """The one site; for the local tree too."""
        return Site.objects.filter(is_default_site=True).first()

    def clean(self) -> None:
        super().clean()
        if not _SLUG.fullmatch(self.slug):
            raise ValidationError({"slug": _("An address has the letters a–z, digits and hyphens only.")})
        if self.depth == 3 and self.slug in RESERVED_SEGMENTS and not self.url_path.startswith("/lan-"):
            raise ValidationError({"slug": _("Something else answers at this address. Choose another.")})
        if self.language.code != SOURCE:
            source = Page.objects.filter(translation_key=self.translation_key, locale__language_code=SOURCE).first()
            if source is not None and source.slug != self.slug and not self.is_structural:
                raise ValidationError({"slug": _("A translation has the address of its Swedish page.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        with_ids(self.body)
        if self.live and kwargs.get("update_fields") is None:
            self.draft_title = self.title
        super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Save a draft. Lists and choosers of the editor's side show a published page by its published
        title, also to those who may not know of the draft's."""
        with_ids(self.body)
        revision = super().save_revision(*args, **kwargs)
        if self.live:
            published = Page.objects.filter(pk=self.pk).exclude(draft_title=F("title"))
            published.update(draft_title=F("title"))
        return revision

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page as the public sees it; also the editor's preview."""
        from pages.rendering import render_page

        return render_page(request, self, self.language.code)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        request.is_preview = True  # type: ignore[attr-defined]
        from pages.rendering import render_page

        return render_page(request, self, self.language.code)
