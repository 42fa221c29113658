"""Ten thousand hostile queries, each of which must be answered: never with an error, and in time.

``python -m infra.benchmarks.hostile_queries [--engine elasticsearch] [--number 10000] [--seconds 900]``

Asks the site in this process (Django's own client) for the search page and for both addresses of the
API, on a demo site of its own in ``VAR_DIR/hostile``, which stays for the next time. With
``--engine elasticsearch`` on the cluster that ``ELASTICSEARCH_URL`` names, in indices of its own,
which are deleted. The same number makes the same queries. Prints the failures, the slowest, and how
many took longer than a query may; those are asked again, for the machine may have been busy.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_from_bytes

ROOT = Path(__file__).resolve().parent.parent.parent
LANGUAGES = ("sv", "ar", "fa", "prs", "so", "ti", "en", "uk", "ru", "es", "fr")
ADDRESSES = ("/{lang}/search/?", "/api/v1/search?lang={lang}&", "/api/v1/suggest?lang={lang}&")
#: Seconds within which a query is answered.
LIMIT = 0.5
#: How often what took longer is asked again: it is right if it is in time once.
_AGAIN = 3
_ENGINES = {"database": "", "elasticsearch": "hostile"}
#: Bytes of the longest query.
_LONGEST = 100_000

_SOME_WORDS = (
    "hyra bostad sjukvård personbevis folkbokföring förskola skatt jobb barnomsorg körkort "
    "سكن مدرسة طبيب إيجار خانه مکتب مریض کرایه اجاره پزشک guri dugsi caafimaad shaqo ገዛ ሕክምና ትምህርቲ "
    "renting home doctor school житло школа лікар робота жильё врач vivienda escuela logement école"
)
_WORDS = _SOME_WORDS.split()
_STOPWORDS = "i på att och en det som the of and a to في من على و از به در که ee oo iyo ka ኣብ ናብ в на и el la de le les"
_CONTROLS = "".join(map(chr, (*range(0x20), 0x7F, *range(0x80, 0xA0))))
_TURNING = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_MARKS = "\u0300\u0301\u0308\u030a\u0323\u0345\u0483\u064b\u0651\u0670\u06d6\u093f\u135d\u20dd\u20e3\ufe0f"
_JOINERS = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u0640\u180e\u115f\u3164\u2800"
_EMOJI = "🏠👨‍👩‍👧‍👦🏳️‍🌈🇸🇪👩🏽‍⚕️🧑🏿‍🦽☃️1️⃣🫠"
_ODD = "ﷺﬃ½²①ⅷ𝐀𐒀ẞİıſßΣςﾊŉǰΐ𒀱𓀀\u1e9e\ue000\ufdd0\U0010ffff\ufffd\uffff"
_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~«»„“”‘’…–—،؛؟۔።፣፡፧¡¿§°′″"
_SIGNS = (
    # FTS5, tsquery and Lucene.
    '" \' "" hyra" "hyra OR AND NOT NEAR NEAR(hyra,2) NEAR/2 title: {title}: {title,text}: -title: ^hyra hyra* * ** '
    "+hyra -hyra hyra:* :* hyra:A <-> <2> & | ! !! && || ( ) ((( ))) \\ \\\\ \\' \\\" ~ hyra~2 hyra^9 [a ]] [a,TO,z] "
    "{a,TO,z} _exists_:* *:* /.*/ /hyr[a]{1000}/ (a+)+$ .*.*.*.*x \\d+ (?:(?:a)*)* ?? hyra? $$ $tag$ "
    # The analyser's own marks, and what stands between a language and a token.
    "≈hyra °hyra +hyra sv·hyra · ≈ ° sv·≈hyra {} {0} {0.__class__} %s %(a)s %n %d %% ${7*7} #{7*7} {{7*7}} {%x%} "
    "<script>alert(1)</script> <mark> </mark> &lt; &amp; &#0; &#xD800; <!-- --> ]]> <svg/onload=x> javascript:x "
    "';--  1;DROP,TABLE,search_index; ' OR '1'='1 UNION,SELECT,NULL /**/ xp_cmdshell pg_sleep(10) sleep(10) 0x00 "
    "../../etc/passwd file:///etc/passwd \\\\host\\share | `id` $(id) ;id @@version null undefined NaN -0 1e309"
)
_SYNTAX = _SIGNS.split()
#: Bytes that are no UTF-8: surrogates, over-long forms, cut sequences, beyond the last code point.
_BAD_BYTES = (
    b"\xed\xa0\x80",
    b"\xed\xbf\xbf",
    b"\xed\xa0\xbd\xed\xb8\x80",
    b"\xff",
    b"\xfe\xff",
    b"\xc3",
    b"\xc0\x80",
    b"\xe0\x80\xaf",
    b"\xf0\x9f\x98",
    b"\xf4\x90\x80\x80",
    b"\xf8\x88\x80\x80\x80",
    b"\x80",
    b"\x00",
    b"\xd9",
)
_SOME_VALUES = (
    "0 -1 1 999 1000 1001 1e3 1.0 %D9%A3 %EF%BC%91 0x10 null true [] {} 14 1480 vastra-gotaland att-bo article news "
    "%00 %ff %ED%A0%80 %F0%9F%98%80 ' %27%20OR%201=1-- ..%2f.. %E2%80%AE + % %zz %u0041 & = ; nan . 1. 00014"
)
_VALUES = ("", "9" * 5000, "a" * 9000, *_SOME_VALUES.split())
_NAMES = ("q", "q[]", "type", "theme", "county", "municipality", "near", "page", "lang", "limit", "", "__class__", "é")


def _text(text: str) -> str:
    """A text as the value of a parameter."""
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"))


def _some(chance: random.Random, choices: Any, most: int) -> list[Any]:
    return [chance.choice(choices) for _ in range(chance.randint(1, most))]


def _sprinkled(chance: random.Random, signs: str) -> str:
    """Words with signs between and within them."""
    letters = list(" ".join(_some(chance, _WORDS, 4)))
    for sign in _some(chance, signs, 12):
        letters.insert(chance.randint(0, len(letters)), sign)
    return "".join(letters)


def _joined(chance: random.Random) -> str:
    return chance.choice((" ", "", "\t", "\u00a0")).join(_some(chance, (*_SYNTAX, *_WORDS), 8))


def _long(chance: random.Random) -> str:
    piece = chance.choice(
        (
            chance.choice(_WORDS),
            chance.choice(_WORDS) + " ",
            chance.choice("aåاآكገжʼ'’ـ\u0301\u200c\u200d🏠%\"(\\ "),
            chance.choice(_SYNTAX) + " ",
            "".join(chance.choices("abcdefghijklmnopqrstuvwxyzåäö", k=7)) + " ",
        )
    )
    size = chance.choice((199, 200, 201, 1000, 5000, 20_000, _LONGEST))
    return (piece * (size // len(piece) + 1))[:size]


def _nonsense(chance: random.Random) -> str:
    """As many words as fit, each near no other or near many."""
    letters = chance.choice(("abcdefghijklmnopqrstuvwxyz", "bostadhyr", "ابتسكنمدر", "абвгдежзик", "ሀለሐመሠረሰ"))
    words = ("".join(chance.choices(letters, k=chance.randint(4, 9))) for _ in range(40))
    return " ".join(words)[: chance.choice((60, 200))]


def _zalgo(chance: random.Random) -> str:
    marks = "".join(chance.choices(_MARKS, k=chance.choice((10, 150, 3000))))
    return "".join(letter + marks for letter in chance.choice(_WORDS)[:4])


def _any(chance: random.Random) -> str:
    """Any code points, surrogates too."""
    beyond = chance.choice((0xFF, 0x24FF, 0xFFFF, 0x10FFFF))
    return "".join(chr(chance.randint(0, beyond)) for _ in range(chance.randint(1, 60)))


def _bytes(chance: random.Random) -> str:
    parts = [*_some(chance, _BAD_BYTES, 4), *(word.encode() for word in _some(chance, _WORDS, 3))]
    chance.shuffle(parts)
    return "q=" + quote_from_bytes(b"".join(parts))


def _parameters(chance: random.Random) -> str:
    """Parameters of wrong kinds, repeated, without names, or too many."""
    if chance.random() < 0.05:
        return "&".join(f"{chance.choice(('q', 'x'))}=1" for _ in range(chance.choice((999, 1001, 3000))))
    pairs = [f"{quote(chance.choice(_NAMES))}={chance.choice(_VALUES)}" for _ in range(chance.randint(1, 9))]
    if chance.random() < 0.8:
        pairs.append("q=" + _text(chance.choice(_WORDS)))
    chance.shuffle(pairs)
    return chance.choice("&&&;").join(pairs)


def _raw(chance: random.Random) -> str:
    """Signs that no browser sends as they are."""
    return "q=" + "".join(chance.choice(f"{_PUNCTUATION[:32]} a\t\x01\xe5\xff") for _ in range(chance.randint(1, 40)))


def _of(make: Callable[[random.Random], str]) -> Callable[[random.Random], str]:
    return lambda chance: "q=" + _text(make(chance))


#: What makes the part of an address after the question mark, by what it is.
KINDS: dict[str, Callable[[random.Random], str]] = {
    "operators": _of(_joined),
    "control characters": _of(lambda chance: _sprinkled(chance, _CONTROLS)),
    "directions": _of(lambda chance: _sprinkled(chance, _TURNING)),
    "joiners": _of(lambda chance: _sprinkled(chance, _JOINERS)),
    "marks": _of(lambda chance: _sprinkled(chance, _MARKS)),
    "many marks": _of(_zalgo),
    "emoji": _of(lambda chance: _sprinkled(chance, _EMOJI)),
    "odd letters": _of(lambda chance: _sprinkled(chance, _ODD)),
    "punctuation": _of(lambda chance: "".join(chance.choices(_PUNCTUATION, k=chance.randint(1, 120)))),
    "stop words": _of(lambda chance: " ".join(_some(chance, _STOPWORDS.split(), 30))),
    "long": _of(_long),
    "nonsense": _of(_nonsense),
    "any characters": _of(_any),
    "no UTF-8": _bytes,
    "raw": _raw,
    "parameters": _parameters,
}


@dataclass(frozen=True, slots=True)
class Hostile:
    """A request: what kind it is of, its path, and what stands after the question mark."""

    kind: str
    path: str
    query: str

    @property
    def shown(self) -> str:
        """The request, cut."""
        return f"{self.path}?{self.query[:150]}{'…' if len(self.query) > 150 else ''}"


def hostile(number: int, seed: int = 1) -> Iterator[Hostile]:
    """So many requests; the same for the same seed, and those of fewer are the first of more."""
    chance = random.Random(seed)  # noqa: S311  (no secret)
    kinds = list(KINDS)
    for index in range(number):
        kind = kinds[index % len(kinds)]
        path, _, before = chance.choice(ADDRESSES).format(lang=chance.choice(LANGUAGES)).partition("?")
        yield Hostile(kind, path, before + KINDS[kind](chance))


def ask(client: Any, request: Hostile) -> tuple[int, float]:
    """The status of the answer, and the seconds that it took."""
    began = time.perf_counter()
    response = client.generic("GET", request.path, QUERY_STRING=request.query)
    return response.status_code, time.perf_counter() - began


def _still_slow(client: Any, request: Hostile) -> bool:
    """Whether the request takes too long each time that it is asked again."""
    return all(ask(client, request)[1] > LIMIT for _ in range(_AGAIN))


def run(client: Any, number: int, seconds: float) -> bool:
    """Ask them all, and print what came of it. True if none failed and none took too long."""
    for language in LANGUAGES:  # Dictionaries are read at the first query of a language.
        ask(client, Hostile("", f"/{language}/search/", "q=bostad+hyrra"))
    statuses: Counter[int] = Counter()
    times: list[tuple[float, Hostile]] = []
    failed: list[Hostile] = []
    began = time.monotonic()
    for request in hostile(number):
        if time.monotonic() - began > seconds:
            break
        status, took = ask(client, request)
        statuses[status] += 1
        times.append((took, request))
        if status >= 500:
            failed.append(request)
    print(f"{len(times)} of {number} queries in {time.monotonic() - began:.0f} s")
    print("answers: " + ", ".join(f"{count} x {status}" for status, count in sorted(statuses.items())))
    print(f"500 or more: {len(failed)}")
    for request in failed[:20]:
        print(f"  {request.kind}: {request.shown}")
    took_all = [took * 1000 for took, _request in times]
    cut = statistics.quantiles(took_all, n=100)
    print(f"milliseconds: p50 {cut[49]:.1f}, p99 {cut[98]:.1f}, slowest {max(took_all):.1f}")
    times.sort(key=lambda one: -one[0])
    for took, request in times[:5]:
        print(f"  {took * 1000:.0f} ms  {request.kind}: {request.shown}")
    slow = [request for took, request in times if took > LIMIT]
    print(f"longer than {LIMIT * 1000:.0f} ms: {len(slow)}", flush=True)
    too_slow = [request for request in slow if _still_slow(client, request)]
    print(f"the same when asked again {_AGAIN} times: {len(too_slow)}")
    for request in too_slow[:20]:
        print(f"  {request.kind}: {request.shown}")
    return not failed and not too_slow and len(times) == number


def _site(engine: str, var_dir: Path) -> None:
    """A demo site of its own, and Django set up for it in this process."""
    from infra.benchmarks.server import inherited

    url = os.environ.get("ELASTICSEARCH_URL", "")
    environment = inherited(VAR_DIR=str(var_dir), DJANGO_SETTINGS_MODULE="cms.settings.dev")
    var_dir.mkdir(parents=True, exist_ok=True)
    for command in (["catalogs", "compile"], ["prepare"]):
        subprocess.run(
            [sys.executable, "manage.py", *command], check=True, cwd=ROOT, env=environment, stdout=sys.stderr
        )
    os.environ.clear()
    os.environ.update(environment | ({"ELASTICSEARCH_URL": url} if engine == "elasticsearch" else {}))
    import django
    from django.conf import settings

    django.setup()
    # As in production: an error is a page and not a debugger's. Nobody is turned away here.
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["*"]
    settings.API_RATES = {"search": 10**9, "suggest": 10**9}
    settings.ELASTICSEARCH_PREFIX = _ENGINES[engine] or settings.ELASTICSEARCH_PREFIX


def main() -> int:
    from cms.settings.env import env

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=_ENGINES, default="database")
    parser.add_argument("--number", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=900.0, help="after which no more are asked")
    parser.add_argument("--var-dir", type=Path, default=env.var_dir / "hostile", help="where the demo site is kept")
    chosen = parser.parse_args()
    if chosen.engine == "elasticsearch" and not os.environ.get("ELASTICSEARCH_URL"):
        parser.error("ELASTICSEARCH_URL is not set")
    _site(chosen.engine, chosen.var_dir)
    import logging

    from django.core.management import call_command
    from django.test import Client

    # What it says of each query that is refused.
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    print(f"\n{chosen.engine}")
    try:
        if chosen.engine == "elasticsearch":
            call_command("search_rebuild", index=True, stdout=sys.stderr)
        right = run(Client(raise_request_exception=False), chosen.number, chosen.seconds)
    finally:
        if chosen.engine == "elasticsearch":
            from search.elastic.client import writer

            for index in writer().indices.get_alias(index=f"{_ENGINES[chosen.engine]}-*").body:
                writer().indices.delete(index=index)
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
