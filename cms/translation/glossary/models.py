"""Concepts of Swedish society, and their terms in each language."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.languages.registry import BY_CODE, LANGUAGES

LONGEST_KEY = 80
LONGEST_TERM = 200
KEY_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z"


class Status(models.TextChoices):
    """Whether the concept is decided on. A proposed one is shown to translators and checked by nothing."""

    APPROVED = "approved", _("approved")
    PROPOSED = "proposed", _("proposed")


class Kind(models.TextChoices):
    """Whether a term is to be used for its concept, or must not be."""

    APPROVED = "approved", _("approved")
    FORBIDDEN = "forbidden", _("forbidden")


def language_choices() -> list[tuple[str, str]]:
    """Every language with its own name; a field takes the function itself: a new language needs no migration."""
    return [(language.code, language.autonym) for language in LANGUAGES]


class Concept(models.Model):
    """What is meant: one thing of Swedish society, with its definition in Swedish and the authority's word for it."""

    key = models.CharField(
        _("key"),
        max_length=LONGEST_KEY,
        unique=True,
        validators=[RegexValidator(KEY_PATTERN, _("Only a–z, 0–9 and single hyphens."))],
        help_text=_("The concept's lasting name, in a–z, 0–9 and hyphens. It can't be changed later."),
    )
    definition = models.TextField(_("definition"), help_text=_("One sentence in Swedish"))
    source = models.CharField(_("source"), max_length=200, help_text=_("The authority whose definition it is"))
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PROPOSED)
    changed_at = models.DateTimeField(auto_now=True)
    #: Digest of what the data file's last load wrote: where the concept differs from it, somebody edited it.
    loaded = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class Term(models.Model):
    """What the concept is called in a language (``approved``), or must not be (``forbidden``)."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="terms")
    language = models.CharField(_("language"), max_length=10, choices=language_choices)
    text = models.CharField(_("term"), max_length=LONGEST_TERM)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.APPROVED)
    #: The one of the approved terms that a translator is to take.
    preferred = models.BooleanField(_("preferred"), default=False)
    #: Inflected forms that the language's rules don't lead back to the term, one a line.
    forms = models.TextField(_("inflected forms"), blank=True)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["concept_id", "language", "kind", "-preferred", "pk"]
        constraints = [
            # Of one kind only: the same text is not both approved and forbidden.
            models.UniqueConstraint(fields=["concept", "language", "text"], name="glossary_term_once"),
            models.UniqueConstraint(
                fields=["concept", "language"], condition=Q(preferred=True), name="glossary_one_preferred_term"
            ),
            models.CheckConstraint(
                condition=Q(preferred=False) | Q(kind=Kind.APPROVED), name="glossary_preferred_is_approved"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def form_list(self) -> tuple[str, ...]:
        """The inflected forms."""
        return tuple(filter(None, (line.strip() for line in self.forms.splitlines())))

    def clean(self) -> None:
        """Raises ``ValidationError`` where the term is there already, or another is the preferred one."""
        others = Term.objects.filter(concept_id=self.concept_id, language=self.language).exclude(pk=self.pk)
        for other in others:
            if other.text.casefold() == self.text.casefold():
                raise ValidationError({"text": _same(other.kind != self.kind)})
        if self.preferred and self.kind != Kind.APPROVED:
            raise ValidationError({"preferred": _("A forbidden term can't be the preferred one.")})
        if self.preferred and any(other.preferred for other in others):
            raise ValidationError({"preferred": _("This concept has a preferred term in this language already.")})


def _same(both: bool) -> str | Promise:
    return _("This term is both approved and forbidden.") if both else _("This term is there already.")


class PendingImport(models.Model):
    """A file whose differences somebody looks at before she lets them in. Her newer file takes its place."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("pending import")
        verbose_name_plural = _("pending imports")

    def __str__(self) -> str:
        return self.name


def name_of_language(code: str) -> str:
    """The language's own name; the code where the registry has none."""
    return BY_CODE[code].autonym if code in BY_CODE else code
