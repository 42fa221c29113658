"""``make bench``: how long the translation memory takes to suggest, over 100,000 texts.

The texts are the demo's paragraphs, each in many variants with words of the demo in the place of some
of its own. What is asked for is like one of them, as a changed source is: one to three words are
others. Beside it, in the same run, the same question is answered by comparing with every text, by
RapidFuzz and by Python's own difflib, and the answers are held against each other. A process that
has no texts in its memory must read them first; that is measured too.

``python -m infra.benchmarks.memory [DATABASE_URL]``: an empty database to measure; SQLite without.
"""

from __future__ import annotations

import difflib
import os
import random
import re
import shutil
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import django

TEXTS = 100_000
QUESTIONS = 300
#: Questions that are answered by comparing with everything too.
SCANNED = 60
LIMIT_MILLISECONDS = 50.0
LANGUAGE = "ar"
_BATCH = 5000
_MARKS = re.compile(r"^(#+|[-*>|]|\d+\.)\s*|[*_`]|\[|\]\([^)]*\)")


def paragraphs(folder: Path) -> list[str]:
    """The texts of a content tree: lines that hold three words or more, without what marks them up."""
    found: dict[str, None] = {}
    for path in sorted(folder.rglob("*.md")):
        _start, _front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        for line in body.splitlines():
            text = _MARKS.sub("", line.strip()).strip()
            if len(text.split()) > 2 and not text.startswith((":::", "{", "!")):
                found[text] = None
    return list(found)


def changed(text: str, words: list[str], count: int, chance: random.Random) -> str:
    """The text with ``count`` of its words replaced by others."""
    parts = text.split()
    for place in chance.sample(range(len(parts)), min(count, len(parts))):
        parts[place] = chance.choice(words)
    return " ".join(parts)


def variants(base: list[str], words: list[str], chance: random.Random) -> list[str]:
    """``TEXTS`` different texts: the demo's own, and others with up to two thirds of their words changed."""
    found = dict.fromkeys(base)
    while len(found) < TEXTS:
        text = chance.choice(base)
        most = max(1, len(text.split()) * 2 // 3)
        found[changed(text, words, chance.randint(1, most), chance)] = None
    return list(found)[:TEXTS]


def fill(texts: list[str]) -> float:
    """Put the texts into the memory; returns the seconds."""
    from cms.translation.memory.models import MemoryOrigin
    from cms.translation.memory.store import Approved, put

    began = time.perf_counter()
    for start in range(0, len(texts), _BATCH):
        batch = [Approved(text, f"ar {text}") for text in texts[start : start + _BATCH]]
        put(LANGUAGE, batch, MemoryOrigin.TMX, None)
    return time.perf_counter() - began


def percentiles(times: list[float]) -> tuple[float, float]:
    """Median and the 95th percentile."""
    return statistics.median(times), statistics.quantiles(times, n=20)[18]


def run(folder: Path) -> bool:
    """Fill, measure, print; whether the median is below its limit."""
    from django.core.management import call_command
    from django.db import connection
    from rapidfuzz import fuzz, process

    from cms.translation.memory.models import MemorySource
    from cms.translation.memory.service import LEAST, best, suggest

    call_command("migrate", verbosity=0)
    chance = random.Random(5)  # noqa: S311  (the same texts in every run)
    base = paragraphs(folder)
    words = [word for text in base for word in text.split()]
    texts = variants(base, words, chance)
    seconds = fill(texts)
    questions = [changed(chance.choice(texts), words, chance.randint(1, 3), chance) for _turn in range(QUESTIONS)]
    suggest(LANGUAGE, questions[0])
    ours, scan, same = [], [], 0
    for turn, question in enumerate(questions):
        began = time.perf_counter()
        matches = suggest(LANGUAGE, question)
        ours.append((time.perf_counter() - began) * 1000)
        if turn >= SCANNED:
            continue
        began = time.perf_counter()
        likest = process.extractOne(question, texts, scorer=fuzz.ratio, score_cutoff=LEAST)
        scan.append((time.perf_counter() - began) * 1000)
        score = min(99, int(likest[1])) if likest and likest[0] != question else 0
        same += (matches[0].likeness if matches else 0) >= score
    began = time.perf_counter()
    read = list(MemorySource.objects.values_list("plain", flat=True))
    process.extractOne(questions[0], read, scorer=fuzz.ratio, score_cutoff=LEAST)
    reading = (time.perf_counter() - began) * 1000
    began = time.perf_counter()
    matcher: difflib.SequenceMatcher[Any] = difflib.SequenceMatcher()
    matcher.set_seq2(questions[0])
    for text in texts[:: TEXTS // 2000]:
        matcher.set_seq1(text)
        matcher.ratio()
    slow = (time.perf_counter() - began) * 1000 * 50
    began = time.perf_counter()
    best(LANGUAGE, questions)
    order = time.perf_counter() - began
    median, p95 = percentiles(ours)
    scan_median, scan_p95 = percentiles(scan)
    print(f"\nA suggestion of the memory over {len(texts)} texts ({connection.vendor}; filled in {seconds:.0f} s)\n")
    print(f"  the memory            median {median:7.1f} ms   p95 {p95:7.1f} ms   limit {LIMIT_MILLISECONDS:.0f} ms")
    print(
        f"  RapidFuzz, all texts  median {scan_median:7.1f} ms   p95 {scan_p95:7.1f} ms   {scan_median / median:.1f} ×"
    )
    print(f"  RapidFuzz, read first        {reading:7.1f} ms   {reading / median:.1f} ×")
    print(f"  difflib, all texts    about  {slow:7.0f} ms   (by 2,000 of them)   {slow / median:.0f} ×")
    print(f"  as good as all texts' best: {same} of {SCANNED}; {QUESTIONS} texts of an order: {order:.1f} s")
    return median <= LIMIT_MILLISECONDS


def main() -> int:
    from cms.settings.env import env

    var_dir = env.var_dir / "bench-memory"
    shutil.rmtree(var_dir, ignore_errors=True)
    var_dir.mkdir(parents=True)
    url = sys.argv[1] if len(sys.argv) > 1 else f"sqlite:///{var_dir / 'db.sqlite3'}"
    os.environ["DATABASE_URL"] = env.database_url = url
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
    django.setup()
    try:
        return 0 if run(Path(__file__).parents[2] / "pages/content/demo/sv") else 1
    finally:
        shutil.rmtree(var_dir, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
