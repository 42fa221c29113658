"""``search_evaluate``: how good the search is in each language, on the engine that the site has or another."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.languages.registry import CODES
from search.contracts import SearchQuery
from search.evaluation.floors import below
from search.evaluation.measures import Answer, Ask, Measured, measure
from search.evaluation.queries import SETS, load
from search.service import find as search

_ENGINES = ("database", "elasticsearch", "standard")


def _through_service(language: str) -> Ask:
    def ask(text: str) -> Answer:
        found = search(SearchQuery(text, language))
        if found.degraded:
            raise CommandError("Elasticsearch does not answer; search_status says why.")
        groups = [hit.path for group in found.also for hit in group.hits]
        return Answer([*(hit.path for hit in found.hits), *groups], found.suggestions)

    return ask


class Command(BaseCommand):
    help = "Ask the queries of search/evaluation of a site with the demo content, and say how well they are answered."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--engine", choices=_ENGINES, help="another engine than the site's")
        parser.add_argument("--language", choices=CODES, help="only this language")
        parser.add_argument("--set", choices=[*SETS, "both"], default="both", help="which queries; both, unless said")
        parser.add_argument("--missed", action="store_true", help="name the queries that were not answered well")
        parser.add_argument("--floors", action="store_true", help="fail where a mean lies below its floor")
        parser.add_argument("--json", action="store_true", help="for programs: the means by language")

    def handle(self, *args: Any, **options: Any) -> None:
        engine = options["engine"] or ("elasticsearch" if settings.ELASTICSEARCH_URL else "database")
        if engine == "database":
            # This process asks the database, whatever the site has.
            settings.ELASTICSEARCH_URL = ""
        elif not settings.ELASTICSEARCH_URL:
            raise CommandError(f"ELASTICSEARCH_URL is not set, so there is no {engine} to ask.")
        sets = list(SETS) if options["set"] == "both" else [options["set"]]
        results = {code: self._measure(engine, code, sets) for code in CODES if options["language"] in (None, code)}
        if options["json"]:
            self.stdout.write(json.dumps({code: result.means for code, result in results.items()}, indent=2))
        else:
            self._table(results)
        if options["missed"]:
            for code, result in results.items():
                for query, value in result.missed:
                    wanted = query.suggestion or " ".join(query.pages)
                    self.stdout.write(f"{code:4}{query.kind:10}{value:5.2f}  {query.text}  →  {wanted}")
        if options["floors"]:
            low = [line for code, result in results.items() for line in below(engine, code, result.means)]
            if low:
                raise CommandError("Below the floor:\n" + "\n".join(low))

    @staticmethod
    def _measure(engine: str, language: str, sets: list[str]) -> Measured:
        queries = [query for chosen in sets for query in load(language, chosen)]
        if engine != "standard":
            return measure(queries, language, _through_service(language))
        from search.evaluation.standard import StandardIndex

        # It knows one language and no other spellings.
        with StandardIndex(language) as ask:
            return measure([one for one in queries if one.kind not in ("typo", "cross")], language, ask)

    def _table(self, results: dict[str, Measured]) -> None:
        names = list(dict.fromkeys(name for result in results.values() for name in sorted(result.means)))
        self.stdout.write(f"{'':18}" + "".join(f"{code:>7}" for code in results))
        for name in names:
            cells = (f"{result.means[name]:7.3f}" if name in result.means else f"{'':7}" for result in results.values())
            self.stdout.write(f"{name:18}" + "".join(cells))
