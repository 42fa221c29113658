"""Addresses of what editors give to search: synonyms, recommended pages, searches that found little."""

from __future__ import annotations

from tests.access.matrix.doors import Body, Door, names

#: Of a language: its reviewers of the nation, and who keeps the site's words in every language.
_VERB = "give words to search"
_READ = "read of searches"


def _changed(name: str, body: Body) -> tuple[Door, ...]:
    """Adding, changing and deleting in a language."""
    table = {"synonyms": "search_synonyms", "best_bets": "search_bestbet"}[name]
    pk = names(f"pk={name}")
    return (
        Door(f"search_{name}_add", get=f"{_VERB} somewhere in the nation", axis="nation", query="language={language}"),
        Door(f"search_{name}_add", post=_VERB, axis="nation", body=body, writes=table, done=(302,)),
        Door(f"search_{name}_edit", pk, _VERB, _VERB, axis="nation", body=body, writes=table, done=(302,)),
        Door(f"search_{name}_delete", pk, _VERB, _VERB, axis="nation", writes=table, done=(302,)),
    )


SEARCH: tuple[Door, ...] = (
    *(
        Door(f"search_{name}", get=f"{verb} somewhere in the nation", axis="nation", query="language={language}")
        for name, verb in (("synonyms", _VERB), ("best_bets", _VERB), ("report", _READ), ("report_csv", _READ))
    ),
    *_changed("synonyms", {"language": "{language}", "words": "matrisord\nkvittoblad", "note": ""}),
    *_changed("best_bets", {"language": "{language}", "queries": "kvittoblad", "page": "{live}", "sort_order": "1"}),
)
