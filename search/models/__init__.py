"""The tables of search."""

from search.models.changes import SearchBuild, SearchChange
from search.models.curation import BestBet, BestBetQuery, LoadedSynonyms, Synonyms, SynonymTerm
from search.models.records import SearchRecord, SearchWord
from search.models.tally import SearchTally

__all__ = [
    "BestBet",
    "BestBetQuery",
    "LoadedSynonyms",
    "SearchBuild",
    "SearchChange",
    "SearchRecord",
    "SearchTally",
    "SearchWord",
    "SynonymTerm",
    "Synonyms",
]
