"""Catalogs on disk: merge, check, fill, compile."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from gettext import GNUTranslations
from io import StringIO
from pathlib import Path
from typing import Any

import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from cms.languages.catalogs.check import check_catalogs
from cms.languages.catalogs.exchange import FillRefusedError, fill, missing
from cms.languages.catalogs.messages import Message
from cms.languages.catalogs.store import (
    BrokenCatalogError,
    Change,
    catalog_path,
    compile_catalog,
    compiled_path,
    merge,
)
from cms.languages.registry import CODES

SEARCH = Message("Search", files=("pages/a.py",), comments=("a button",))
OPEN = Message("Open", context="button", files=("pages/a.py",))
PAGES = Message("%(n)s page", "%(n)s pages", files=("pages/templates/b.html",))


def messages(*chosen: Message) -> dict[str, Message]:
    return {message.key: message for message in chosen}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "locale"


def put(folder: Path, code: str, **texts: Any) -> None:
    """Edit a catalog as a person does with another program."""
    catalog = polib.pofile(str(catalog_path(folder, code)))
    for msgid, text in texts.items():
        entry = catalog.find(msgid)
        assert entry is not None
        entry.msgstr = text
    catalog.save()


def test_a_new_catalog(folder: Path) -> None:
    assert merge(folder, "ar", messages(SEARCH, OPEN, PAGES)) == Change(3, 0, 3, 3, written=True)
    assert catalog_path(folder, "ar").read_text(encoding="utf-8") == (
        "# Arabic. Filled by people; kept in step by `manage.py catalogs extract`.\n"
        'msgid ""\n'
        'msgstr ""\n'
        '"Language: ar\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : '
        'n%100>=11 ? 4 : 5);\\n"\n'
        "\n"
        "#. a button\n"
        "#: pages/a.py\n"
        'msgid "Search"\n'
        'msgstr ""\n'
        "\n"
        "#: pages/a.py\n"
        'msgctxt "button"\n'
        'msgid "Open"\n'
        'msgstr ""\n'
        "\n"
        "#: pages/templates/b.html\n"
        "#, python-format\n"
        'msgid "%(n)s page"\n'
        'msgid_plural "%(n)s pages"\n' + "".join(f'msgstr[{form}] ""\n' for form in range(6))
    )


def test_a_second_merge_writes_nothing(folder: Path) -> None:
    merge(folder, "ar", messages(SEARCH, PAGES))
    before = catalog_path(folder, "ar").stat().st_mtime_ns
    assert merge(folder, "ar", messages(SEARCH, PAGES)) == Change(0, 0, 2, 2, written=False)
    assert catalog_path(folder, "ar").stat().st_mtime_ns == before


def test_translations_stay_and_what_is_gone_goes(folder: Path) -> None:
    merge(folder, "sv", messages(SEARCH, OPEN))
    put(folder, "sv", Search="Sök", Open="Öppna")
    assert merge(folder, "sv", messages(PAGES, SEARCH)) == Change(1, 1, 1, 2, written=True)
    catalog = polib.pofile(str(catalog_path(folder, "sv")))
    assert [(entry.msgid, entry.msgstr) for entry in catalog] == [("%(n)s page", ""), ("Search", "Sök")]


def test_a_changed_plural_is_translated_anew(folder: Path) -> None:
    merge(folder, "sv", messages(SEARCH, PAGES))
    put(folder, "sv", Search="Sök")
    change = merge(folder, "sv", messages(Message("Search", "Searches"), PAGES))
    assert (change.added, change.removed, change.untranslated) == (0, 0, 2)


def test_english_fills_itself(folder: Path) -> None:
    assert merge(folder, "en", messages(SEARCH, PAGES)).untranslated == 0
    catalog = polib.pofile(str(catalog_path(folder, "en")))
    assert catalog[0].msgstr == "Search"
    assert catalog[1].msgstr_plural == {0: "%(n)s page", 1: "%(n)s pages"}
    with pytest.raises(FillRefusedError, match="fills itself"):
        fill(folder, "en", {"Search": "Find"})


BROKEN = r"""
msgid ""
msgstr ""
"Language: sv\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "Search"
msgstr ""

#, fuzzy
msgctxt "button"
msgid "Open"
msgstr "Öppna"

#, python-format
msgid "%(n)s page"
msgid_plural "%(n)s pages"
msgstr[0] "%(m)s sida"
msgstr[1] "%(n)s sidor"
msgstr[2] "%(n)s sidor"

msgid "Unused"
msgstr "Oanvänd"

#~ msgid "Old"
#~ msgstr "Gammal"
"""


def test_check_reports_every_kind_of_fault(folder: Path) -> None:
    path = catalog_path(folder, "sv")
    path.parent.mkdir(parents=True)
    path.write_text(BROKEN, encoding="utf-8")
    name = "locale/sv/LC_MESSAGES/django.po"
    assert check_catalogs(folder, messages(SEARCH, OPEN, PAGES, Message("Menu")), ["sv"]) == [
        f'{name}: "Search": is empty',
        f'{name}: "Open" (button): is fuzzy',
        f'{name}: "%(n)s page": has 3 plural forms, Swedish has 2',
        f'{name}: "%(n)s page": plural form 0: has %(m)s, which the source has not',
        f'{name}: "Unused": is obsolete: nothing uses it',
        f'{name}: "Old": is obsolete: nothing uses it',
        f'{name}: "Menu": is missing',
    ]


def test_check_of_a_catalog_that_is_not_one(folder: Path) -> None:
    assert check_catalogs(folder, {}, ["sv"]) == ["locale/sv/LC_MESSAGES/django.po: there is no catalog"]
    path = catalog_path(folder, "sv")
    path.parent.mkdir(parents=True)
    path.write_text('<<<<<<< HEAD\nmsgid "a"\n', encoding="utf-8")
    (fault,) = check_catalogs(folder, {}, ["sv"])
    assert fault.startswith("locale/sv/LC_MESSAGES/django.po: cannot be read: Syntax error")
    with pytest.raises(BrokenCatalogError):
        merge(folder, "sv", {})
    path.write_text('msgid ""\nmsgstr "Plural-Forms: nplurals=1; plural=0;\\n"\n', encoding="utf-8")
    (fault,) = check_catalogs(folder, {}, ["sv"])
    assert "Plural-Forms is 'nplurals=1; plural=0;', the registry has 'nplurals=2; plural=(n != 1);'" in fault


def test_missing_out_and_back(folder: Path) -> None:
    merge(folder, "so", messages(SEARCH, OPEN, PAGES))
    shown = missing(folder, "so")
    assert shown["plural_forms"][0] == [1]
    assert shown["messages"] == [
        {"msgid": "Search", "comment": "a button", "files": ["pages/a.py"], "msgstr": ""},
        {"msgid": "Open", "context": "button", "files": ["pages/a.py"], "msgstr": ""},
        {"msgid": "%(n)s page", "plural": "%(n)s pages", "files": ["pages/templates/b.html"], "msgstr": ["", ""]},
    ]
    shown["messages"][0]["msgstr"] = "Raadi"
    shown["messages"][2]["msgstr"] = ["%(n)s bog", "%(n)s bog"]
    assert fill(folder, "so", shown) == 2
    assert [item["msgid"] for item in missing(folder, "so")["messages"]] == ["Open"]
    assert fill(folder, "so", {"button\x04Open": "Fur"}) == 1
    assert missing(folder, "so")["messages"] == []
    assert merge(folder, "so", messages(SEARCH, OPEN, PAGES)).written is False


def test_fill_refuses_the_whole_file_and_says_why(folder: Path) -> None:
    merge(folder, "ru", messages(SEARCH, OPEN, PAGES))
    before = catalog_path(folder, "ru").read_bytes()
    with pytest.raises(FillRefusedError) as caught:
        fill(
            folder,
            "ru",
            [
                {"msgid": "Search", "msgstr": "Найти"},
                {"msgid": "Open", "context": "button", "msgstr": "Open"},
                {"msgid": "%(n)s page", "msgstr": ["%(n)s страница"]},
                {"msgid": "Nowhere", "msgstr": "Нигде"},
            ],
        )
    assert caught.value.reasons == [
        '"Open" (button): is in another script than Cyrl: Open',
        '"%(n)s page": has 1 plural forms, Russian has 4',
        '"Nowhere": the catalog has no such message',
    ]
    with pytest.raises(FillRefusedError, match="needs a msgid and a msgstr"):
        fill(folder, "ru", [{"msgid": "Search", "msgstr": 5}, "Open"])
    with pytest.raises(FillRefusedError, match="neither a list"):
        fill(folder, "ru", "Search")
    assert catalog_path(folder, "ru").read_bytes() == before


def test_filling_takes_the_fuzzy_mark_away(folder: Path) -> None:
    path = catalog_path(folder, "sv")
    path.parent.mkdir(parents=True)
    path.write_text(BROKEN, encoding="utf-8")
    fill(folder, "sv", [{"msgid": "Open", "context": "button", "msgstr": "Öppna"}])
    assert polib.pofile(str(path)).fuzzy_entries() == []


def test_compile_round_trip(folder: Path) -> None:
    merge(folder, "uk", messages(SEARCH, OPEN, PAGES))
    fill(
        folder,
        "uk",
        [
            {"msgid": "Search", "msgstr": "Знайти"},
            {"msgid": "%(n)s page", "msgstr": ["%(n)s сторінка", "%(n)s сторінки", "%(n)s сторінок", "%(n)s сторінки"]},
        ],
    )
    path = catalog_path(folder, "uk")
    assert compile_catalog(folder, "uk") is True
    assert compile_catalog(folder, "uk") is False
    with compiled_path(path).open("rb") as file:
        compiled = GNUTranslations(file)
    assert compiled.gettext("Search") == "Знайти"
    # What is not translated is not in it: Django then asks the Swedish catalog.
    assert compiled.pgettext("button", "Open") == "Open"
    assert [compiled.ngettext("%(n)s page", "%(n)s pages", n) for n in (1, 3, 5, 21)] == [
        "%(n)s сторінка",
        "%(n)s сторінки",
        "%(n)s сторінок",
        "%(n)s сторінка",
    ]
    first = compiled_path(path).read_bytes()
    later = compiled_path(path).stat().st_mtime_ns + 1
    os.utime(path, ns=(later, later))
    assert compile_catalog(folder, "uk") is True
    assert compiled_path(path).read_bytes() == first
    with pytest.raises(BrokenCatalogError, match="there is no catalog"):
        compile_catalog(folder, "sv")


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("catalogs", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def project(tmp_path: Path, settings: Any) -> Path:
    (tmp_path / "cms").mkdir()
    (tmp_path / "cms" / "a.py").write_text('_("Search")\n_("Menu")\n', encoding="utf-8")
    settings.BASE_DIR = tmp_path
    return tmp_path


def test_the_command_from_source_to_compiled(project: Path) -> None:
    said = command("extract")
    assert "sv: 2 messages, 2 new, 0 gone, 2 untranslated\n" in said
    assert "en: 2 messages, 2 new, 0 gone, 0 untranslated\n" in said
    assert f"Compiled {', '.join(CODES)}." in said

    out = StringIO()
    with pytest.raises(CommandError, match="2 faults"):
        call_command("catalogs", "check", "--language", "sv", "--language", "en", stdout=out)
    assert out.getvalue().splitlines() == [
        'locale/sv/LC_MESSAGES/django.po: "Menu": is empty',
        'locale/sv/LC_MESSAGES/django.po: "Search": is empty',
    ]

    shown = json.loads(command("missing", "--language", "sv"))
    for message in shown["messages"]:
        message["msgstr"] = {"Search": "Sök", "Menu": "Meny"}[message["msgid"]]
    file = project / "sv.json"
    file.write_text(json.dumps(shown), encoding="utf-8")
    assert command("fill", "--language", "sv", str(file)) == "sv: 2 messages filled.\nCompiled sv.\n"
    assert command("check", "--language", "sv") == "The catalogs of 1 languages are complete.\n"
    assert command("compile") == "The compiled catalogs are up to date.\n"
    assert "sv: 2 messages, 0 new, 0 gone, 0 untranslated\n" in command("extract")


def test_the_command_refuses(project: Path) -> None:
    with pytest.raises(CommandError, match=r"locale/sv/LC_MESSAGES/django.po: there is no catalog"):
        command("compile")
    command("extract")
    file = project / "x.json"
    file.write_text('{"Search": "Поиск"}', encoding="utf-8")
    with pytest.raises(CommandError, match=r'(?s)Nothing was written.*x.json: "Search": is in another script'):
        command("fill", "--language", "sv", str(file))
    file.write_text("{", encoding="utf-8")
    with pytest.raises(CommandError, match=r"x.json: Expecting property name"):
        command("fill", "--language", "sv", str(file))
    (project / "cms" / "a.py").write_text('_("Search"\n"""', encoding="utf-8")
    with pytest.raises(CommandError, match=r"(?s)cannot be read for messages.*cms/a.py:2"):
        command("check")


def test_no_catalog_of_the_project_has_a_broken_text() -> None:
    """Empty ones are `make check`'s to report; what is translated must be whole here too."""
    out = StringIO()
    with suppress(CommandError):
        call_command("catalogs", "check", stdout=out)
    unfinished = (": is empty", ": is missing", ": is obsolete: nothing uses it")
    assert [
        line for line in out.getvalue().splitlines() if not line.endswith(unfinished) and "complete" not in line
    ] == []
    assert Path(settings.BASE_DIR, "locale").is_dir()
