"""Files of translations that were broken on their way: none may be an error of ours, none half written.

``python -m infra.benchmarks.mutate_exchange [FILES]``: makes so many broken files (10,000), of every format,
and reads each in as an editor would: shown, taken in, taken back. What is in the database afterwards must be,
text by text, what was shown. Leaves nothing behind.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from cms.translation.models import TranslationRecord

FILES = 10_000
_BOMB = b'<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]>'
_OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_TAG = re.compile(rb"<[^<>]*>|\xe2\x9f\xa6[^\xe2]*\xe2\x9f\xa7")

Mutation = Callable[[bytes, random.Random], bytes]


def _somewhere(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(len(data), start + chance.randint(1, 60))


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _gone(data: bytes, chance: random.Random) -> bytes:
    start, end = _somewhere(data, chance)
    return data[:start] + data[end:]


def _twice(data: bytes, chance: random.Random) -> bytes:
    start, end = _somewhere(data, chance)
    return data[:end] + data[start:]


def _noise(data: bytes, chance: random.Random) -> bytes:
    start, end = _somewhere(data, chance)
    return data[:start] + chance.randbytes(end - start) + data[end:]


def _letter(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return (
        data[:start] + chance.choice([b"<", b">", b"&", b'"', b"\\", b"\n", b"\0", b"\xff", b"9"]) + data[start + 1 :]
    )


def _line_gone(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def _lines_swapped(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _line_twice(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    return b"".join([*lines, chance.choice(lines)])


def _tag_gone(data: bytes, chance: random.Random) -> bytes:
    tags = list(_TAG.finditer(data))
    if not tags:
        return data
    tag = chance.choice(tags)
    return data[: tag.start()] + data[tag.end() :]


def _tag_moved(data: bytes, chance: random.Random) -> bytes:
    tags = list(_TAG.finditer(data))
    if not tags:
        return data
    one, other = chance.choice(tags), chance.choice(tags)
    return data[: one.start()] + other[0] + data[one.end() :]


def _number(data: bytes, chance: random.Random) -> bytes:
    numbers = list(re.finditer(rb"\d+", data))
    if not numbers:
        return data
    number = chance.choice(numbers)
    return data[: number.start()] + str(chance.choice([0, 1, 2, 99, 10**9, 10**30])).encode() + data[number.end() :]


def _key(data: bytes, chance: random.Random) -> bytes:
    keys = list(re.finditer(rb"[0-9a-f]{8}-[0-9a-f-]{27}", data))
    if not keys:
        return data
    key = chance.choice(keys)
    return data[: key.start()] + chance.choice([key[0].upper(), b"x", b"{" + key[0] + b"}"]) + data[key.end() :]


def _deep(data: bytes, chance: random.Random) -> bytes:
    levels = chance.choice([10, 300, 5000])
    at = data.find(b"112")
    return data[:at] + b'<g id="1">' * levels + b"</g>" * levels + data[at:]


def _declared(data: bytes, chance: random.Random) -> bytes:
    return data.replace(b"UTF-8", chance.choice([b"UTF-7", b"latin-1", b"UTF-16", b"nonsense", b"EBCDIC"]))


def _coded(data: bytes, chance: random.Random) -> bytes:
    encoding = chance.choice(["latin-1", "utf-16", "utf-16-be", "utf-32", "cp1256"])
    return data.decode(errors="replace").encode(encoding, errors=chance.choice(["replace", "ignore"]))


def _prolog(data: bytes, chance: random.Random) -> bytes:
    at = data.find(b"?>") + 2
    return data[:at] + chance.choice([_BOMB, _OUTSIDE, b"<!-- x -->", b"<?php x ?>", b"\n\n"]) + data[at:]


def _packed(data: bytes, chance: random.Random) -> bytes:
    return chance.choice([b"PK\x03\x04", b"\x1f\x8b\x08", b"\xef\xbb\xbf", b"\xff\xfe", b" ", b"/etc/passwd"]) + data


MUTATIONS: tuple[Mutation, ...] = (
    _cut,
    _gone,
    _twice,
    _noise,
    _letter,
    _line_gone,
    _lines_swapped,
    _line_twice,
    _tag_gone,
    _tag_moved,
    _number,
    _key,
    _deep,
    _declared,
    _coded,
    _prolog,
    _packed,
)


def mutate(data: bytes, chance: random.Random) -> bytes:
    """The file, broken in one to three ways."""
    for _turn in range(chance.choice([1, 1, 1, 2, 3])):
        data = chance.choice(MUTATIONS)(data, chance) or b" "
    return data


class _Upload(BytesIO):
    """A file as a browser sends it."""

    def __init__(self, data: bytes, name: str) -> None:
        super().__init__(data)
        self.name, self.size = name, len(data)


def attempt(data: bytes, extension: str, user: Any, record: TranslationRecord) -> str:
    """Read the file in and take it back; what became of it. Raises where it went wrong."""
    from django.core.exceptions import ValidationError

    from cms.translation.exchange.compare import compare
    from cms.translation.exchange.importing import carry_out, confirm, store, undo
    from cms.translation.exchange.models import BatchStatus
    from cms.translation.exchange.rows import Outcome
    from cms.translation.exchange.service import read

    before = _texts(record)
    try:
        kind, rows = read(_Upload(data, f"file.{extension}"))
    except ValidationError as error:
        if not error.messages or not error.messages[0].strip():
            raise AssertionError("refused without a sentence") from error
        _same(before, record)
        return "refused whole"
    preview = compare(rows, user)
    if len(preview.rows) != len(rows) or any(row.outcome == Outcome.REFUSED and not row.reason for row in preview.rows):
        raise AssertionError("a row was lost, or refused without a reason")
    taken = {row.unit: row.written for row in preview.rows if row.is_taken}
    batch = store(preview, user, "file", kind)
    try:
        for start, end in ((confirm, BatchStatus.DONE), (undo, BatchStatus.UNDONE)):
            start(batch)
            batch.refresh_from_db()
            carry_out(batch)
            if batch.status != end:
                raise AssertionError(f"{batch.status} in the place of {end}")
            _same(before | taken if end == BatchStatus.DONE else before, record)
    finally:
        batch.delete()
    if taken:
        return "taken in in part" if any(row.outcome == Outcome.REFUSED for row in preview.rows) else "taken in"
    return "nothing to take in"


def _texts(record: TranslationRecord) -> dict[str, str]:
    from cms.translation.localize import units_of

    return {unit.id: unit.text or "" for unit in units_of(record.source_id, record.language, earlier=False)}


def _same(expected: dict[str, str], record: TranslationRecord) -> None:
    if _texts(record) != expected:
        raise AssertionError("the texts are not what was shown")


def files_of(record: TranslationRecord) -> list[tuple[str, bytes]]:
    """A file of each format in which a translator has changed a text and added one; with its extension."""
    from cms.translation.exchange.formats import Format
    from cms.translation.exchange.service import export

    made = []
    for kind in Format:
        data = b"".join(export([record], kind)).decode().replace("الآن", "فورا")
        made.append((kind.extension, data.encode()))
    return made


def _site() -> tuple[TranslationRecord, Any]:
    """A page with formatting in Swedish, and its Arabic translation with some texts."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from wagtail.models import Locale, Page

    from cms.translation.localize import units_of
    from cms.translation.models import TranslationRecord
    from cms.translation.work import NewText, save_texts
    from pages.addresses import url_path
    from pages.models import ArticlePage
    from pages.tree import ensure_trees

    call_command("migrate", verbosity=0)
    call_command("load_geography", verbosity=0)
    ensure_trees()
    user = get_user_model().objects.create_superuser("bench", "bench@example.org")
    texts = (
        "Ring <b>112</b> nu.",
        'Se <a href="https://example.org/">mer <i>här</i></a>.',
        "Ett<br/>två.",
        "A &amp; B",
    )
    body = [{"type": "text", "value": f"<p>{text}</p>"} for text in texts]
    parent = Page.objects.get(url_path=url_path("", "sv")).specific
    parent.save_revision().publish()
    page = ArticlePage(title="Om", slug="om", body=body, locale=Locale.objects.get(language_code="sv"))
    parent.add_child(instance=page)
    page.save_revision().publish()
    record = TranslationRecord.objects.select_related("source__page").get(source_id=page.translation_key, language="ar")
    unit = next(unit for unit in units_of(record.source_id, "ar") if "112" in unit.source)
    save_texts(record, [NewText(unit.id, "اتصل بـ ⟦1⟧112⟦/1⟧ الآن.")], user)
    return record, user


def run(files: int) -> bool:
    """Break so many files and read them in; prints what became of them. Whether nothing went wrong."""
    record, user = _site()
    chance = random.Random(5)  # noqa: S311  (the same files in every run)
    made = files_of(record)
    became: Counter[str] = Counter()
    wrong = 0
    began = time.perf_counter()
    for number in range(files):
        extension, data = made[number % len(made)]
        broken = mutate(data, chance)
        try:
            became[attempt(broken, extension, user, record)] += 1
        except Exception as error:  # noqa: BLE001  (what goes wrong is what is counted)
            wrong += 1
            print(f"  file {number} (.{extension}): {type(error).__name__}: {str(error)[:200]}")
    print(f"\n{files} broken files, read in and taken back in {time.perf_counter() - began:.0f} s\n")
    for name, count in became.most_common():
        print(f"  {name:20} {count:6}")
    print(f"  {'went wrong':20} {wrong:6}   limit 0")
    return not wrong


def main() -> int:
    from cms.settings.env import env

    var_dir = env.var_dir / "bench-exchange"
    shutil.rmtree(var_dir, ignore_errors=True)
    var_dir.mkdir(parents=True)
    os.environ["DATABASE_URL"] = env.database_url = f"sqlite:///{var_dir / 'db.sqlite3'}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
    django.setup()
    try:
        return 0 if run(int(sys.argv[1]) if len(sys.argv) > 1 else FILES) else 1
    finally:
        shutil.rmtree(var_dir, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
