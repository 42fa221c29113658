"""What ``search_speed`` measures within Django, in processes of its own; each prints JSON as its last line.

``took``: what Elasticsearch itself takes for the searches of the site; ``cost``: what processor they take
beside it; ``found``: how soon a change is found; ``quality``: how well the site's search and Wagtail's own
backend find; ``wagtail``: how fast that is.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

Queries = list[tuple[str, str]]


def percentiles(times: list[float]) -> dict[str, float]:
    """p50, p95 and p99 of these milliseconds."""
    cut = statistics.quantiles(times, n=100)
    return {"p50": cut[49], "p95": cut[94], "p99": cut[98]}


def paced(queries: Queries, rate: float, seconds: float, ask: Callable[[str, str], None]) -> None:
    """Ask one query after another, ``rate`` a second."""
    began = time.monotonic()
    for number in range(int(rate * seconds)):
        time.sleep(max(0.0, began + number / rate - time.monotonic()))
        ask(*queries[number % len(queries)])


def took(queries: Queries, rate: float, seconds: float) -> dict[str, Any]:
    """Elasticsearch's own milliseconds for what the site asks it at each search."""
    from cms.languages.registry import get
    from search import analysis, curation, service
    from search.contracts import SearchQuery
    from search.elastic.client import writer
    from search.elastic.queries import search_in

    client = writer()
    prepared: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for code, text in queries:
        language = get(code)
        asked = curation.expand({one: analysis.asked(text, one) for one in language.chain})
        lines: list[dict[str, Any]] = []
        for question in service._questions(SearchQuery(text, code), language, asked):
            if question.words:
                search = search_in(question, analysis.least(len(question.words)))
                lines += [{"index": search._index}, search.to_dict()]
        prepared[code, text] = lines
    own: list[float] = []
    trips: list[float] = []

    def ask(code: str, text: str) -> None:
        began = time.perf_counter()
        own.append(float(client.msearch(searches=prepared[code, text])["took"]))
        trips.append((time.perf_counter() - began) * 1000)

    paced(queries, rate, seconds, ask)
    return {"took": own, "trips": trips}


def cost(queries: Queries, warm: int) -> dict[str, Any]:
    """Milliseconds of processor of a search, in Python and in PostgreSQL; what else runs changes them little."""
    from django.db import connection
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    result: dict[str, Any] = {"number": len(queries)}
    for what in ("search", "suggest"):
        for code, text in queries[:warm]:
            client.get(f"/api/v1/{what}", {"lang": code, "q": text})
        before, spent = _backend_ticks(connection), []
        for code, text in queries:
            began = time.process_time()
            client.get(f"/api/v1/{what}", {"lang": code, "q": text})
            spent.append((time.process_time() - began) * 1000)
        ticks = _backend_ticks(connection) - before
        result[what] = {
            "python": percentiles(spent),
            "postgresql": ticks * 1000 / os.sysconf("SC_CLK_TCK") / len(queries),
        }
    return result


def _backend_ticks(connection: Any) -> int:
    """The processor's ticks of this connection's process of PostgreSQL on this machine; 0 for SQLite."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def found(address: str, rounds: int) -> dict[str, Any]:
    """Seconds after a page was published until the API finds it by a word that no other page has."""
    from wagtail.models import Page

    from pages.addresses import url_path
    from pages.models import ArticlePage

    parent = Page.objects.get(url_path=url_path("att-bo/", "sv"))
    waited, published = [], []
    for number in range(rounds):
        word = "zvxq" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:02d}{time.time_ns() % 10**8}")
        page = ArticlePage(title=f"Ny sida om {word}", slug=word, locale=parent.locale, live=False)
        Page.objects.get(pk=parent.pk).add_child(instance=page)
        began = time.perf_counter()
        page.save_revision().publish()
        done = time.perf_counter()
        published.append(done - began)
        query = urllib.parse.urlencode({"q": word, "lang": "sv"})
        while True:
            with urllib.request.urlopen(f"{address}/api/v1/search?{query}", timeout=10) as response:
                answer = json.load(response)
            if answer["total"] and not answer["degraded"]:
                break
            if time.perf_counter() - done > 60:
                raise RuntimeError(f"{word} was not found within a minute.")
            time.sleep(0.02)
        waited.append(time.perf_counter() - done)
        page.delete()
        time.sleep(0.1)
    return {"found": waited, "publishing": published}


def _wagtail(prefix: str) -> Any:
    """Wagtail's own backend, told of every text of a page that readers see; nothing of it is on the site."""
    from django.conf import settings
    from modelsearch.backends.elasticsearch8 import Elasticsearch8SearchBackend
    from modelsearch.index import SearchField
    from wagtail.models import Page

    from pages.models import BasePage

    texts = ("search_description", "body", "alternative_titles", "search_words")
    for model in BasePage.__subclasses__():
        model.search_fields = [*Page.search_fields, *(SearchField(name) for name in texts)]
    hosts = settings.ELASTICSEARCH_URL.split(",")
    return Elasticsearch8SearchBackend({"URLS": hosts, "INDEX_PREFIX": f"{prefix}-wagtail-", "TIMEOUT": 60})


def _fill(backend: Any) -> float:
    """Build its index; the seconds that it took."""
    from wagtail.models import Page

    from pages.models import BasePage

    began = time.perf_counter()
    rebuilder = backend.rebuilder_class(backend.get_index_for_model(Page))
    index = rebuilder.start()
    models = [Page, *BasePage.__subclasses__()]
    for model in models:
        index.add_model(model)
    for model in models[1:]:
        last = 0
        while rows := list(model.objects.filter(pk__gt=last).order_by("pk")[:500]):
            index.add_items(model, rows)
            last = rows[-1].pk
    rebuilder.finish()
    index.refresh()
    return time.perf_counter() - began


def _ask_wagtail(backend: Any, own: list[float]) -> Callable[[str, str], list[str]]:
    from wagtail.models import Locale, Page

    from cms.access.scopes import split_url_path
    from pages.visibility import public

    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    results = backend.results_class
    inner = results._backend_do_search

    def timed(self: Any, body: Any, **rest: Any) -> Any:
        answer = inner(self, body, **rest)
        own.append(float(answer["took"]))
        return answer

    backend.results_class = type("Timed", (results,), {"_backend_do_search": timed})

    def ask(code: str, text: str) -> list[str]:
        hits = backend.search(text, Page.objects.filter(live=True, locale=locales[code]))[:10]
        # As a view would: what the index has is asked of the database again.
        ids = [hit.pk for hit in hits]
        shown = {page.pk: page.url_path for page in public(Page.objects.filter(pk__in=ids))}
        paths = [split_url_path(shown[pk]) for pk in ids if pk in shown]
        return [parts[1] for parts in paths if parts]

    return ask


def quality() -> dict[str, Any]:
    """MRR@10 of known items and recall@10 of inflected ones, by language, of the site's search and of Wagtail's."""
    from django.conf import settings

    from cms.languages.registry import CODES
    from search.contracts import SearchQuery
    from search.evaluation.measures import Answer, measure
    from search.evaluation.queries import SETS, load
    from search.service import find as search

    def site(code: str) -> Callable[[str], Answer]:
        return lambda text: Answer([hit.path for hit in search(SearchQuery(text, code)).hits])

    def stock(code: str) -> Callable[[str], Answer]:
        return lambda text: Answer(ask(code, text))

    backend = _wagtail(settings.ELASTICSEARCH_PREFIX)
    _fill(backend)
    ask = _ask_wagtail(backend, [])
    result: dict[str, Any] = {}
    for code in CODES:
        judged = [one for chosen in SETS for one in load(code, chosen) if one.kind in ("known", "inflected")]
        ours = measure(judged, code, site(code)).means
        theirs = measure(judged, code, stock(code)).means
        result[code] = {"site": ours, "wagtail": theirs}
    return result


def wagtail(queries: Queries, rate: float, seconds: float) -> dict[str, Any]:
    """How long Wagtail's backend takes: to be built, to be asked, and Elasticsearch itself for it."""
    from django.conf import settings

    backend = _wagtail(settings.ELASTICSEARCH_PREFIX)
    filled = _fill(backend)
    own: list[float] = []
    ask = _ask_wagtail(backend, own)
    for code, text in queries:
        ask(code, text)
    own.clear()
    times: list[float] = []

    def timed(code: str, text: str) -> None:
        began = time.perf_counter()
        ask(code, text)
        times.append((time.perf_counter() - began) * 1000)

    paced(queries, rate, seconds, timed)
    return {"filled": filled, "took": percentiles(own), "asked": percentiles(times)}


def main() -> int:
    django.setup()
    measures: dict[str, Callable[..., dict[str, Any]]] = {
        "took": took,
        "cost": cost,
        "found": found,
        "quality": quality,
        "wagtail": wagtail,
    }
    print(json.dumps(measures[sys.argv[1]](**json.load(sys.stdin))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
