"""Who may give words to search: who publishes a language for the nation, and who keeps the site's settings."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms.access.actions import Action
from cms.access.doors.rules import Rule
from cms.access.policy import Allowed, Decision, Denied, decide
from cms.access.scopes import Scope
from cms.languages.registry import BY_CODE, CODES
from search.models import BestBet, Synonyms


def may_edit(user: Any, language: str) -> Decision:
    """Whether ``user`` may change the synonyms and recommended pages of ``language``.

    They hold for the readers of every county, so that no role of a county's may.
    """
    if language not in BY_CODE:
        return Denied(Action.SETTINGS, because=_("There is no such language."))
    decision = decide(user, Action.SETTINGS) or decide(user, Action.PUBLISH, Scope(language))
    if isinstance(decision, Allowed) or not getattr(user, "is_active", False):
        return decision
    because = _(
        "The words of search in %(language)s are for its reviewers, national publishers and site administrators."
    )
    return Denied(Action.SETTINGS, because=because % {"language": BY_CODE[language].autonym})


def may_add(request: HttpRequest) -> Decision:
    """Whether the form that was sent is for a language whose words the user may change."""
    language = request.POST.get("language", "")
    return may_edit(request.user, language) if language in BY_CODE else editors(request, {})


def may_report(user: Any, language: str) -> Decision:
    """Whether ``user`` may read which searches in ``language`` found little."""
    return decide(user, Action.REPORTS) or may_edit(user, language)


def editable(user: Any) -> list[str]:
    """The languages whose words ``user`` may change."""
    return [code for code in CODES if may_edit(user, code)]


def reportable(user: Any) -> list[str]:
    """The languages whose searches ``user`` may read of."""
    return [code for code in CODES if may_report(user, code)]


def _nowhere() -> Denied:
    because = _("The words of search are for reviewers, national publishers and site administrators.")
    return Denied(Action.SETTINGS, because=because)


def editors(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    """Whoever may change the words of some language; lists show those languages alone."""
    return Allowed() if editable(request.user) else _nowhere()


def readers(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    """Whoever may read of the searches in some language."""
    return Allowed() if reportable(request.user) else _nowhere()


def _on(model: type[Synonyms | BestBet]) -> Rule:
    """Whoever may change the words of the language of what the address names."""

    def rule(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
        language = model._default_manager.filter(pk=kwargs["pk"]).values_list("language", flat=True).first()
        # That there is none is the view's to say, to those whom it says anything.
        return editors(request, kwargs) if language is None else may_edit(request.user, language)

    return rule


DOORS: dict[str, Rule] = {
    "search_synonyms": editors,
    "search_synonyms_add": editors,
    "search_synonyms_edit": _on(Synonyms),
    "search_synonyms_delete": _on(Synonyms),
    "search_best_bets": editors,
    "search_best_bets_add": editors,
    "search_best_bets_edit": _on(BestBet),
    "search_best_bets_delete": _on(BestBet),
    "search_report": readers,
    "search_report_csv": readers,
}
