"""Makes the database equal to the data files: in one transaction, and only where it differs."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import models, transaction

from cms.geography import datafiles
from cms.geography.datafiles import DATA_DIR, CountyRow, DataSet, MunicipalityRow
from cms.geography.models import County, LoadedData, Municipality, PlaceName, PostalCode, SubRegion
from cms.geography.signals import places_renamed
from cms.geography.text import fold
from cms.languages.collation import collation_key
from cms.languages.registry import SOURCE

# Raised when the same files are to give other rows, so that a release that changes this loads anew.
_RULES = "1"


@dataclass(slots=True)
class Report:
    """What a load did: rows added, changed and removed, by table, in that order."""

    unchanged: bool = False
    changes: dict[str, tuple[int, int, int]] = field(default_factory=dict)


def load(directory: Path = DATA_DIR) -> Report:
    """Load the data files. Free if they are what was loaded last.

    Raises ``DataError`` if a file is wrong and ``IntegrityError`` if the database refuses the new
    data, as when a place that the files no longer have still has a page (``ProtectedError`` is one);
    the database is then what it was.
    """
    if is_current(directory):
        return Report(unchanged=True)
    data = datafiles.read(directory)
    report = Report()
    with transaction.atomic():
        before = _names(County), _names(Municipality)
        # Out before in, and the places before what lies in them: an address that changes hands is
        # free by then, and no row ever points at a place that is gone.
        gone = _remove(Municipality, data.municipalities)
        counties = _sync(County, _counties(data))
        municipalities = _sync(Municipality, _municipalities(data))
        report.changes["counties"] = (*counties, _remove(County, data.counties))
        report.changes["municipalities"] = (*municipalities, gone)
        gone = _remove(PostalCode, data.postal_codes)
        report.changes["postal codes"] = (*_sync(PostalCode, _postal_codes(data)), gone)
        report.changes["sub-regions"] = _sync_sub_regions(data)
        PlaceName.objects.all().delete()
        PlaceName.objects.bulk_create(_place_names(data))
        LoadedData.objects.all().delete()
        LoadedData.objects.create(digest=_digest(data.digest), rows=_rows_stored())
        _tell(_renamed(before[0], _names(County)), _renamed(before[1], _names(Municipality)))
    return report


def _names(model: type[County | Municipality]) -> dict[str, tuple[Any, ...]]:
    """What each place is called, by its code."""
    return {row[0]: row[1:] for row in model._default_manager.values_list("code", "name", "short_name", "names")}


def _renamed(before: dict[str, tuple[Any, ...]], after: dict[str, tuple[Any, ...]]) -> set[str]:
    return {code for code, names in after.items() if code in before and before[code] != names}


def _tell(counties: set[str], municipalities: set[str]) -> None:
    if counties or municipalities:
        places_renamed.send(sender=LoadedData, counties=counties, municipalities=municipalities)


def is_current(directory: Path = DATA_DIR) -> bool:
    """Whether the database holds what is in the data files, by their digest and the number of rows."""
    digest = datafiles.digest(directory)
    loaded = LoadedData.objects.filter(digest=_digest(digest)).first() if digest else None
    return loaded is not None and loaded.rows == _rows_stored()


def _rows_stored() -> int:
    tables: tuple[type[models.Model], ...] = (County, Municipality, SubRegion, PostalCode, PlaceName)
    return sum(table._default_manager.count() for table in tables)


def _digest(of_files: str) -> str:
    return hashlib.sha256(f"{_RULES} {of_files}".encode()).hexdigest()


def _counties(data: DataSet) -> list[County]:
    rows = sorted(data.counties.values(), key=lambda row: collation_key(row.short_name, SOURCE))
    return [
        County(
            code=row.code,
            name=row.name,
            short_name=row.short_name,
            slug=row.slug,
            names=data.names.get(row.code, {}),
            position=position,
        )
        for position, row in enumerate(rows)
    ]


def _municipalities(data: DataSet) -> list[Municipality]:
    rows = sorted(data.municipalities.values(), key=lambda row: collation_key(row.short_name, SOURCE))
    return [
        Municipality(
            code=row.code,
            name=row.name,
            short_name=row.short_name,
            slug=row.slug,
            county_id=row.county,
            names=data.names.get(row.code, {}),
            position=position,
        )
        for position, row in enumerate(rows)
    ]


def _postal_codes(data: DataSet) -> list[PostalCode]:
    return [
        PostalCode(code=row.code, locality=row.locality, municipality_id=row.municipality)
        for row in data.postal_codes.values()
    ]


def _sync(model: type[models.Model], wanted: Sequence[models.Model]) -> tuple[int, int]:
    """Add the rows that are missing and change those that differ. How many of each."""
    columns = [column.attname for column in model._meta.concrete_fields]
    key = model._meta.pk.attname
    stored: dict[Any, tuple[Any, ...]] = {row[0]: row[1:] for row in model._default_manager.values_list(key, *columns)}
    missing = [row for row in wanted if row.pk not in stored]
    changed = [
        row
        for row in wanted
        if row.pk in stored and stored[row.pk] != tuple(getattr(row, column) for column in columns)
    ]
    if missing or changed:
        model._default_manager.bulk_create(
            [*missing, *changed],
            update_conflicts=True,
            unique_fields=[key],
            update_fields=[column for column in columns if column != key],
        )
    return len(missing), len(changed)


def _remove(model: type[models.Model], wanted: Collection[str]) -> int:
    stale = set(model._default_manager.values_list("pk", flat=True)) - set(wanted)
    if stale:
        model._default_manager.filter(pk__in=stale).delete()
    return len(stale)


def _sync_sub_regions(data: DataSet) -> tuple[int, int, int]:
    added = changed = 0
    for slug, name in data.sub_region_names.items():
        region, created = SubRegion.objects.get_or_create(slug=slug, defaults={"name": name})
        members = set(data.sub_region_members[slug])
        differs = region.name != name or set(region.municipalities.values_list("pk", flat=True)) != members
        if differs:
            region.name = name
            region.save(update_fields=["name"])
            region.municipalities.set(Municipality.objects.filter(pk__in=members))
        added += created
        changed += differs and not created
    stale = SubRegion.objects.exclude(slug__in=data.sub_region_names)
    removed = stale.count()
    stale.delete()
    return added, changed, removed


def _place_names(data: DataSet) -> Iterator[PlaceName]:
    for county in data.counties.values():
        yield from _names_of(county, data, county_id=county.code)
    for municipality in data.municipalities.values():
        yield from _names_of(municipality, data, municipality_id=municipality.code)
    localities = Counter((row.locality, row.municipality) for row in data.postal_codes.values())
    for (locality, code), codes in localities.items():
        for row in _rows(PlaceName.Kind.LOCALITY, locality, "", municipality_id=code):
            row.weight = codes
            yield row


def _names_of(area: CountyRow | MunicipalityRow, data: DataSet, **place: str) -> Iterator[PlaceName]:
    # «Stockholm» and «Stockholms län» are both typed.
    for text in dict.fromkeys((area.short_name, area.name)):
        yield from _rows(PlaceName.Kind.NAME, text, "", **place)
    for language, text in data.names.get(area.code, {}).items():
        yield from _rows(PlaceName.Kind.NAME, text, language, **place)


def _rows(kind: str, text: str, language: str, **place: str) -> Iterator[PlaceName]:
    """A row from each word of the name on."""
    words = fold(text).split()
    for start in range(len(words)):
        yield PlaceName(
            folded=" ".join(words[start:]),
            text=text,
            kind=kind,
            language=language,
            at_start=start == 0,
            **place,
        )
