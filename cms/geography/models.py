"""Counties, municipalities, sub-regions and postal codes: reference data, loaded and never edited by hand."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Named(models.Model):
    """What counties and municipalities share: the official Swedish name and the names in other languages."""

    name = models.CharField(_("official name"), max_length=60)
    short_name = models.CharField(_("short name"), max_length=40)
    names = models.JSONField(_("names in other languages"), default=dict, blank=True)
    # Where the name stands in the Swedish alphabet; a database's own collation puts å and ö elsewhere.
    position = models.PositiveSmallIntegerField(_("position"), editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        """The name in ``language``, or the official Swedish one where no source gives another.

        A page that shows this shows the official name beside it: that is the one on signs and letters.
        """
        name = self.names.get(language)
        return name if isinstance(name, str) else self.name


class County(Named):
    """A county (län). ``code`` is SCB's two-digit county code."""

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    slug = models.SlugField(_("slug"), max_length=40, unique=True)

    class Meta:
        ordering: ClassVar = ["position"]
        verbose_name = _("county")
        verbose_name_plural = _("counties")

    @property
    def path(self) -> str:
        """The address without its language: ``/lan/skane/``."""
        return f"/lan/{self.slug}/"


class Municipality(Named):
    """A municipality (kommun). ``code`` is SCB's four-digit code, which begins with the county's.

    A slug is unique within the county only: Habo (Jönköping) and Håbo (Uppsala) have the same.
    """

    code = models.CharField(_("code"), max_length=4, primary_key=True)
    slug = models.SlugField(_("slug"), max_length=40)
    county = models.ForeignKey(County, models.PROTECT, related_name="municipalities", verbose_name=_("county"))

    class Meta:
        ordering: ClassVar = ["position"]
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "slug"], name="geography_municipality_slug_in_county"),
        ]

    @property
    def path(self) -> str:
        """The address without its language: ``/lan/skane/malmo/``. Reads the county."""
        return f"{self.county.path}{self.slug}/"


class SubRegion(models.Model):
    """Municipalities that work together. It may cross county borders: Kungsbacka (Halland) is in Göteborgsregionen."""

    slug = models.SlugField(_("slug"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    municipalities = models.ManyToManyField(Municipality, related_name="sub_regions", verbose_name=_("municipalities"))

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("sub-region")
        verbose_name_plural = _("sub-regions")

    def __str__(self) -> str:
        return self.name


class PostalCode(models.Model):
    """A postal code, five digits without a space, and where it lies.

    The source gives each code one municipality and knows about 82 % of the codes in use, so a code
    that is not here is normal.
    """

    code = models.CharField(_("code"), max_length=5, primary_key=True)
    locality = models.CharField(_("locality"), max_length=40)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="postal_codes", verbose_name=_("municipality")
    )

    class Meta:
        ordering: ClassVar = ["code"]
        verbose_name = _("postal code")
        verbose_name_plural = _("postal codes")

    def __str__(self) -> str:
        return f"{self.code[:3]} {self.code[3:]} {self.locality}"


class PlaceName(models.Model):
    """One thing that a reader may type for a place: what ``search_places`` looks in. Derived by the loader.

    A name of several words has a row from each of its words on, so that «Estocolmo» finds «provincia
    de Estocolmo» by the beginning of a row, which an index can answer.
    """

    class Kind(models.TextChoices):
        NAME = "name", _("name")
        LOCALITY = "locality", _("locality")

    folded = models.CharField(max_length=80, db_index=True)
    text = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=Kind)
    # Empty for Swedish names and localities, which are looked for whatever the reader's language is.
    language = models.CharField(max_length=8, blank=True)
    at_start = models.BooleanField()
    # Of a locality: the number of its postal codes in the municipality.
    weight = models.PositiveIntegerField(default=0)
    county = models.ForeignKey(County, models.CASCADE, null=True, related_name="+")
    municipality = models.ForeignKey(Municipality, models.CASCADE, null=True, related_name="+")

    class Meta:
        verbose_name = _("name to search for")
        verbose_name_plural = _("names to search for")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(county__isnull=True) ^ models.Q(municipality__isnull=True),
                name="geography_placename_one_place",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class LoadedData(models.Model):
    """What was loaded last, so that loading the same again is free: the files' digest and the rows they gave."""

    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("loaded data")
        verbose_name_plural = _("loaded data")

    def __str__(self) -> str:
        return self.digest
