"""TMX out and in: nothing changes on the way, and no file can harm."""

from __future__ import annotations

import io
import random
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from translate.storage.tmx import tmxfile

from cms.languages.registry import CODES, SOURCE
from cms.translation.memory import tmx
from cms.translation.memory.models import MemoryEntry, MemoryOrigin, MemorySource
from cms.translation.memory.store import Approved, put
from cms.translation.memory.tmx_units import code_of
from tests.access.test_sync import person
from tests.translation.memory.conftest import texts

pytestmark = pytest.mark.django_db

PAGE = uuid.UUID(int=7)
SAMPLES = {
    "ar": "اتصل على ⟦1⟧112⟦/1⟧ الآن ‏فورًا",
    "prs": "به ⟦1⟧۱۱۲⟦/1⟧ زنگ بزنید",
    "fa": "می‌توانید با ⟦1⟧۱۱۲⟦/1⟧",
    "ti": "ናብ ⟦1⟧112⟦/1⟧ ደውሉ፡፡",
    "uk": "Зателефонуйте: ⟦1⟧112⟦/1⟧ — п’ять",
}


def _file(body: str, *, header: str = 'srclang="sv"', start: str = "") -> io.BytesIO:
    content = f'{start}<tmx version="1.4"><header {header}/><body>{body}</body></tmx>'
    return io.BytesIO(f'<?xml version="1.0" encoding="UTF-8"?>{content}'.encode())


def _unit(source: str, text: str, language: str = "ar") -> str:
    return f'<tu><tuv xml:lang="sv"><seg>{source}</seg></tuv><tuv xml:lang="{language}"><seg>{text}</seg></tuv></tu>'


@pytest.mark.parametrize("language", [code for code in CODES if code != SOURCE])
def test_what_goes_out_comes_in_again(language: str) -> None:
    sample = SAMPLES.get(language, f'{language}: Ring ⟦1⟧112⟦/1⟧ & <nu> "genast"')
    put(
        language,
        [
            Approved("Ring ⟦1⟧112⟦/1⟧ & <nu>.", sample, PAGE, "body.x.y", "skane"),
            Approved("Rad ett⟦1/⟧rad ⟦2⟧två ⟦3⟧tre⟦/3⟧⟦/2⟧", "b ⟦2⟧⟦3⟧c⟦/3⟧⟦/2⟧⟦1/⟧ a"),
            Approved(" Mellanslag först\tTab\r\nRad", "x\r\ny "),
        ],
        MemoryOrigin.PAGE,
        None,
    )
    fields = ("source__coded", "text", "translation_key", "path", "place", "domain", "language")
    before = sorted(MemoryEntry.objects.values_list(*fields), key=str)
    content = b"".join(tmx.write(language))
    MemorySource.objects.all().delete()
    reviewer = person("reviewer", language="ar")
    imported = tmx.read(io.BytesIO(content), language, reviewer)
    assert (imported.kept.added, imported.refused) == (3, {})
    assert sorted(MemoryEntry.objects.values_list(*fields), key=str) == before
    assert set(MemoryEntry.objects.values_list("origin", "reviewer")) == {("tmx", reviewer.pk)}
    assert tmx.read(io.BytesIO(content), language, reviewer).kept.same == 3


def test_translate_toolkit_opens_what_goes_out() -> None:
    put("prs", [Approved("Ring ⟦1⟧112⟦/1⟧ nu", "زنگ ⟦1⟧112⟦/1⟧")], MemoryOrigin.PAGE, None)
    store: Any = tmxfile.parsestring(b"".join(tmx.write("prs")))  # type: ignore[no-untyped-call]
    assert store.getsourcelanguage() == "sv"
    (unit,) = store.units
    assert (unit.source, unit.gettarget("fa-AF")) == ("Ring 112 nu", "زنگ 112")


def test_translate_toolkit_s_own_file_comes_in() -> None:
    store = tmxfile()
    store.addtranslation("Hej & hå", "sv", "مرحبا", "ar")
    store.addtranslation("Hallo", "de", "مرحبا", "ar")
    file = io.BytesIO()
    store.serialize(file)
    # Its header says English, whatever is put in.
    content = file.getvalue().replace(b'srclang="en"', b'srclang="sv"')
    assert tmx.read(io.BytesIO(content), "ar", None).kept.added == 1
    assert texts() == {"Hej & hå": "مرحبا"}


def test_another_house_s_file() -> None:
    body = (
        '<tu><note>n</note><tuv xml:lang="SV-se"><seg>Se <bpt i="1" type="bold">&lt;b&gt;</bpt>här<ept i="1">&lt;/b&gt;'
        '</ept> och<ph>&lt;br/&gt;</ph> <hi>där</hi></seg></tuv><tuv xml:lang="ar-SY"><seg><ph>{br}</ph>انظر '
        '<bpt i="1">x<sub>y</sub></bpt>هنا<ept i="1"/></seg></tuv><tuv xml:lang="de"><seg>Sieh</seg></tuv></tu>'
    )
    start = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    content = f'{start}<tmx version="1.4"><header srclang="*all*"/><body>{body}</body></tmx>'
    tmx.read(io.BytesIO(content.encode("utf-16")), "ar", None)
    assert texts() == {"Se ⟦1⟧här⟦/1⟧ och⟦2/⟧ där": "⟦2/⟧انظر ⟦1⟧هنا⟦/1⟧"}


def test_what_was_approved_on_a_page_is_not_replaced_by_a_file() -> None:
    put("ar", [Approved("Hej", "مرحبا", PAGE, "title")], MemoryOrigin.PAGE, None)
    content = b"".join(tmx.write("ar")).replace("مرحبا".encode(), "خطأ".encode())
    assert tmx.read(io.BytesIO(content), "ar", None).kept.added == 0
    assert texts() == {"Hej": "مرحبا"}
    put("ti", [Approved("Hej", "ሰላም", PAGE, "title")], MemoryOrigin.TMX, None)
    put("ti", [Approved("Hej", "ሃሎ", PAGE, "title")], MemoryOrigin.PAGE, None)
    assert texts("ti") == {"Hej": "ሃሎ"}


def test_what_is_no_good_is_left_out_and_counted() -> None:
    body = (
        _unit("Bra", "جيد")
        + _unit("Tomt", " ")
        + _unit("Lång", "x" * 5001)
        + _unit('A <bpt i="1"/>b<ept i="1"/>', '<bpt i="1"/>ب')
        + _unit("Annat språk", "ሰላም", "ti")
        + '<tu srclang="en"><tuv xml:lang="sv"><seg>Hej</seg></tuv><tuv xml:lang="ar"><seg>س</seg></tuv></tu>'
    )
    imported = tmx.read(_file(body), "ar", None)
    assert texts() == {"Bra": "جيد"}
    assert imported.refused == {
        "empty": 1,
        "longer than 5000 characters": 1,
        "formatting that does not fit the original's": 1,
        "translated from another language than Swedish": 1,
    }


def test_brackets_in_a_file_make_no_tags() -> None:
    tmx.read(_file(_unit("Se ⟦1⟧ här", "انظر ⟦9⟧")), "ar", None)
    assert texts() == {"Se 1 här": "انظر 9"}


BOMB = "<!DOCTYPE tmx [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
)
HOSTILE = {
    "bomb": _file(_unit("&j;", "&j;"), start=BOMB + "]>"),
    "file": _file(_unit("&x;", "x"), start='<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "parameter": _file(_unit("a", "b"), start='<!DOCTYPE tmx [<!ENTITY % x SYSTEM "http://127.0.0.1/x"> %x;]>'),
    "undefined": _file(_unit("&nbsp;", "b")),
    "broken off": io.BytesIO(_file(_unit("Hej", "مرحبا") * 2000).getvalue()[:-40]),
    "encoding": io.BytesIO(_file(_unit("Hej på", "x")).getvalue().decode().encode("latin-1")),
    "no such encoding": io.BytesIO(_file(_unit("a", "b")).getvalue().replace(b"UTF-8", b"X-FOO")),
    "multibyte encoding": io.BytesIO(_file(_unit("a", "b")).getvalue().replace(b"UTF-8", b"Shift_JIS")),
    "nothing": io.BytesIO(b""),
    "zip": io.BytesIO(b"PK\x03\x04" + bytes(range(256))),
    "html": io.BytesIO(b"<html><body>Hej</body></html>"),
    "deep": io.BytesIO(b"<tmx>" + b"<a>" * 100_000),
    "deep segment": _file("<tu><tuv xml:lang='sv'><seg>" + "<hi>" * 50_000),
    "no texts": _file(""),
    "other languages": _file(_unit("Hallo", "ሰላም", "ti")),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence(name: str) -> None:
    put("ar", [Approved("Före", "قبل")], MemoryOrigin.PAGE, None)
    with pytest.raises(ValidationError) as refused:
        tmx.read(io.BytesIO(HOSTILE[name].getvalue()), "ar", None)
    assert "Nothing was changed." in refused.value.messages[0]
    assert texts() == {"Före": "قبل"}


def test_a_large_file_is_refused_before_it_is_read() -> None:
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            return b" " * size

    with pytest.raises(ValidationError, match="larger than 10 MB"):
        tmx.read(Endless(), "ar", None)  # type: ignore[arg-type]


def test_mutated_files_are_read_or_refused() -> None:
    put("ar", [Approved("Ring ⟦1⟧112⟦/1⟧.", "اتصل ⟦1⟧112⟦/1⟧"), Approved("Hej", "مرحبا", PAGE, "t")], "page", None)  # type: ignore[arg-type]
    content = b"".join(tmx.write("ar"))
    chance = random.Random(3)  # noqa: S311
    for _turn in range(400):
        mutated = bytearray(content)
        for _change in range(chance.randint(1, 4)):
            place = chance.randrange(len(mutated))
            kind = chance.randrange(3)
            if kind == 0:
                mutated[place] = chance.randrange(256)
            elif kind == 1:
                del mutated[place : place + chance.randint(1, 30)]
            else:
                mutated[place:place] = mutated[place : place + chance.randint(1, 30)]
        before = MemoryEntry.objects.count()
        try:
            tmx.read(io.BytesIO(bytes(mutated)), "ar", None)
        except ValidationError:
            assert MemoryEntry.objects.count() == before


def test_the_commands_write_and_read_a_file(tmp_path: Path) -> None:
    put("uk", [Approved("Hej", "Привіт")], MemoryOrigin.PAGE, None)
    file = tmp_path / "uk.tmx"
    call_command("translation_memory", "export", "uk", str(file), verbosity=0)
    MemorySource.objects.all().delete()
    call_command("translation_memory", "import", "uk", str(file), verbosity=0)
    assert texts("uk") == {"Hej": "Привіт"}
    for wrong in (tmp_path / "no.tmx", tmp_path):
        with pytest.raises(CommandError):
            call_command("translation_memory", "import", "uk", str(wrong))


@pytest.mark.parametrize(
    ("named", "code"),
    [("sv-SE", "sv"), ("FA-af", "prs"), ("fa_IR", "fa"), ("ar", "ar"), ("*all*", ""), ("de", ""), ("", "")],
)
def test_languages_are_known_by_their_tags(named: str, code: Any) -> None:
    assert code_of(named) == code
