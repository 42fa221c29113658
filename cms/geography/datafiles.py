"""Reads and checks the data files. Nothing here touches the database.

``read(directory)`` returns the whole data set, or raises ``DataError`` with everything that is
wrong in all files at once.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.text import slugify

from cms.languages import registry

DATA_DIR = Path(__file__).resolve().parent / "data"

COUNTIES = ("counties.csv", ("county_code", "county_name", "county_name_short"))
MUNICIPALITIES = (
    "municipalities.csv",
    ("municipality_code", "municipality_name", "municipality_name_short", "county_code"),
)
POSTAL_CODES = (
    "postal_to_municipality.csv",
    ("postal_code", "locality", "municipality_code", "municipality_name"),
)
NAMES = ("names.csv", ("code", "language", "name", "source"))
SUB_REGIONS = ("sub_regions.csv", ("slug", "name", "municipality_code", "municipality_name"))
FILES = (COUNTIES, MUNICIPALITIES, POSTAL_CODES, NAMES, SUB_REGIONS)

NUMBER_OF_COUNTIES = 21
NUMBER_OF_MUNICIPALITIES = 290
# A row longer than the column it goes to would stop a real database in the middle.
LONGEST = 60
LONGEST_SHORT = 40


@dataclass(frozen=True, slots=True)
class Problem:
    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class DataError(ValueError):
    """The data files cannot be loaded; ``problems`` says why, in the order of files and lines."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class CountyRow:
    code: str
    name: str
    short_name: str
    slug: str


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    code: str
    name: str
    short_name: str
    slug: str
    county: str


@dataclass(frozen=True, slots=True)
class PostalRow:
    code: str
    locality: str
    municipality: str


@dataclass(slots=True)
class DataSet:
    """Everything in the files, by code. ``names`` is code -> language -> name."""

    digest: str = ""
    counties: dict[str, CountyRow] = field(default_factory=dict)
    municipalities: dict[str, MunicipalityRow] = field(default_factory=dict)
    postal_codes: dict[str, PostalRow] = field(default_factory=dict)
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    sub_region_names: dict[str, str] = field(default_factory=dict)
    sub_region_members: dict[str, list[str]] = field(default_factory=dict)


def digest(directory: Path = DATA_DIR) -> str:
    """SHA-256 over the data files, or an empty string where one cannot be read."""
    total = hashlib.sha256()
    for name, _ in FILES:
        try:
            content = (directory / name).read_bytes()
        except OSError:
            return ""
        total.update(f"{name} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()


def read(directory: Path = DATA_DIR) -> DataSet:
    """The data set in ``directory``. Raises ``DataError`` if anything in any file is wrong."""
    reader = _Reader(directory)
    reader.read()
    if reader.problems:
        raise DataError(sorted(reader.problems, key=lambda problem: (reader.order(problem.file), problem.line)))
    reader.data.digest = digest(directory)
    return reader.data


class _Reader:
    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.data = DataSet()
        self.problems: list[Problem] = []
        # Of which kind of place every row could be taken: a county or a municipality that is not there
        # is a fault of its own only then. Else one bad row would bring hundreds of complaints along.
        self.whole: set[str] = set()

    @staticmethod
    def order(file: str) -> int:
        return [name for name, _ in FILES].index(file)

    def read(self) -> None:
        self._each(COUNTIES, self._county)
        self._count(COUNTIES[0], len(self.data.counties), NUMBER_OF_COUNTIES, "counties")
        self._each(MUNICIPALITIES, self._municipality)
        self._count(MUNICIPALITIES[0], len(self.data.municipalities), NUMBER_OF_MUNICIPALITIES, "municipalities")
        self._each(POSTAL_CODES, self._postal_code)
        self._each(NAMES, self._name)
        self._each(SUB_REGIONS, self._sub_region)

    def _count(self, file: str, found: int, wanted: int, of_what: str) -> None:
        if not any(problem.file == file for problem in self.problems):
            self.whole.add(of_what)
        if found != wanted:
            self.problems.append(Problem(file, 1, f"{found} usable rows; Sweden has {wanted} {of_what}"))

    def _each(self, file: tuple[str, tuple[str, ...]], take: Callable[[list[str]], Iterator[str]]) -> None:
        """Hand each row of ``file`` to ``take``, and note what it complains of."""
        name, columns = file
        for line, row in self._rows(name, columns):
            self.problems.extend(Problem(name, line, what) for what in take(row))

    def _rows(self, name: str, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
        try:
            text = (self.directory / name).read_bytes().decode("utf-8")
        except OSError as error:
            self.problems.append(Problem(name, 1, f"cannot be read: {error.strerror or error}"))
            return
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            self.problems.append(Problem(name, line, "is not UTF-8"))
            return
        rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            header = next(rows, [])
            if header != list(columns):
                wanted = ",".join(columns)
                self.problems.append(Problem(name, 1, f"the first line must be «{wanted}», not «{','.join(header)}»"))
                return
            for row in rows:
                broken = self._shape(row, columns)
                if broken:
                    self.problems.append(Problem(name, rows.line_num, broken))
                else:
                    yield rows.line_num, row
        except csv.Error as error:
            self.problems.append(Problem(name, rows.line_num, f"is not CSV: {error}"))

    @staticmethod
    def _shape(row: list[str], columns: tuple[str, ...]) -> str:
        """What is wrong with the row whatever file it is in, or an empty string."""
        if len(row) != len(columns):
            return f"{len(row)} fields; {len(columns)} expected"
        for column, value in zip(columns, row, strict=True):
            if not value or value != value.strip():
                return f"{column} is empty or has a space around it"
            if any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in value):
                return f"{column} has an invisible character in it"
            if len(value) > LONGEST:
                return f"{column} is longer than {LONGEST} characters"
            if not unicodedata.is_normalized("NFC", value):
                return f"{column} is not in normal form (NFC)"
        return ""

    def _county(self, row: list[str]) -> Iterator[str]:
        code, name, short_name = row
        slug = slugify(short_name)
        if not re.fullmatch(r"[0-9]{2}", code):
            yield f"county code «{code}» is not two digits"
        elif code in self.data.counties:
            yield f"county code {code} is there twice"
        elif len(short_name) > LONGEST_SHORT:
            yield f"county_name_short is longer than {LONGEST_SHORT} characters"
        elif any(county.slug == slug for county in self.data.counties.values()):
            yield f"{short_name}: another county has the address «{slug}»"
        else:
            self.data.counties[code] = CountyRow(code, name, short_name, slug)

    def _municipality(self, row: list[str]) -> Iterator[str]:
        code, name, short_name, county = row
        slug = slugify(short_name)
        if not re.fullmatch(r"[0-9]{4}", code):
            yield f"municipality code «{code}» is not four digits"
        elif code in self.data.municipalities:
            yield f"municipality code {code} is there twice"
        elif county not in self.data.counties and "counties" in self.whole:
            yield f"{name}: there is no county {county}"
        elif not code.startswith(county):
            yield f"{name}: code {code} does not begin with its county's, {county}"
        elif len(short_name) > LONGEST_SHORT:
            yield f"municipality_name_short is longer than {LONGEST_SHORT} characters"
        elif any(other.county == county and other.slug == slug for other in self.data.municipalities.values()):
            yield f"{name}: another municipality of county {county} has the address «{slug}»"
        else:
            self.data.municipalities[code] = MunicipalityRow(code, name, short_name, slug, county)

    def _postal_code(self, row: list[str]) -> Iterator[str]:
        code, locality, municipality, name = row
        known = self.data.municipalities.get(municipality)
        if not re.fullmatch(r"[0-9]{5}", code):
            yield f"postal code «{code}» is not five digits"
        elif code in self.data.postal_codes:
            yield f"postal code {code} is there twice"
        elif known is None and "municipalities" in self.whole:
            yield f"postal code {code}: there is no municipality {municipality}"
        elif known is not None and known.name != name:
            yield f"postal code {code}: municipality {municipality} is {known.name}, not {name}"
        elif len(locality) > LONGEST_SHORT:
            yield f"locality is longer than {LONGEST_SHORT} characters"
        else:
            self.data.postal_codes[code] = PostalRow(code, locality, municipality)

    def _name(self, row: list[str]) -> Iterator[str]:
        code, language, name, _source = row
        names = self.data.names.setdefault(code, {})
        known = code in self.data.counties or code in self.data.municipalities
        if not known and self.whole == {"counties", "municipalities"}:
            yield f"there is no county or municipality {code}"
        elif language not in registry.BY_CODE:
            yield f"the site has no language «{language}»"
        elif language == registry.SOURCE:
            yield f"{code}: the Swedish name is the official one and stands in {COUNTIES[0]} or {MUNICIPALITIES[0]}"
        elif language in names:
            yield f"{code} has two names in «{language}»"
        else:
            names[language] = name

    def _sub_region(self, row: list[str]) -> Iterator[str]:
        slug, name, municipality, municipality_name = row
        known = self.data.municipalities.get(municipality)
        members = self.data.sub_region_members.setdefault(slug, [])
        if slug != slugify(slug) or len(slug) > LONGEST_SHORT:
            yield f"«{slug}» cannot be an address"
        elif self.data.sub_region_names.setdefault(slug, name) != name:
            yield f"sub-region «{slug}» is called {self.data.sub_region_names[slug]} further up, here {name}"
        elif known is None and "municipalities" in self.whole:
            yield f"{name}: there is no municipality {municipality}"
        elif known is not None and known.short_name != municipality_name:
            yield f"{name}: municipality {municipality} is {known.short_name}, not {municipality_name}"
        elif municipality in members:
            yield f"{name}: {municipality_name} is there twice"
        else:
            members.append(municipality)
