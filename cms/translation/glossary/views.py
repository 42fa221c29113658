"""The glossary's screens: the list, a concept, its terms in a language, files out."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.access.audit.events import Event
from cms.access.audit.log import record
from cms.access.doors.middleware import refuse
from cms.access.doors.rules import everybody
from cms.access.policy import Denied, holdings_of
from cms.languages.collation import collation_key
from cms.languages.registry import CODES, SOURCE
from cms.translation.glossary import csvfile, editing, tbx
from cms.translation.glossary.entries import Entry, entries
from cms.translation.glossary.forms import ConceptForm, ExportForm, NewConceptForm, SearchForm, TermsForm, sent
from cms.translation.glossary.importing_views import preview, upload
from cms.translation.glossary.index import index as glossary_index
from cms.translation.glossary.models import name_of_language
from cms.translation.glossary.permissions import changeable, may_change, may_import
from cms.translation.glossary.trail import trail

__all__ = ["add", "concept", "edit", "export", "index", "preview", "terms", "upload"]

_A_PAGE = 50


def _readable(request: HttpRequest) -> None:
    if not everybody(request, {}):
        raise PermissionDenied


def index(request: HttpRequest) -> HttpResponse:
    """At ``admin/translation/glossary/``: the concepts by their Swedish term. No query of its own where the
    glossary is known."""
    _readable(request)
    form = SearchForm({"language": _own_language(request.user)} | request.GET.dict())
    wanted = form.cleaned_data if form.is_valid() else {}
    found = [entry for entry in glossary_index().entries.values() if form.is_valid() and _fits(entry, wanted)]
    found.sort(key=lambda entry: collation_key(entry.name, SOURCE))
    language = wanted.get("language", "")
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("p"))
    query = request.GET.copy()
    query.pop("p", None)
    context = {
        "form": form,
        "page": page,
        "query": query.urlencode(),
        "language": language,
        "language_name": name_of_language(language),
        "rows": [(entry, entry.of(language)) for entry in page],
        "may_add": bool(may_change(request.user)),
        "may_import": bool(may_import(request.user)),
        "export_query": f"&language={language}" if language else "",
        "breadcrumbs_items": trail(),
        "header_title": _("Glossary"),
        "header_icon": "openquote",
    }
    return render(request, "glossary/index.html", context)


def _own_language(user: Any) -> str:
    """The language that the user works in, where it is one."""
    codes = {held.scope.language for held in holdings_of(user) if held.scope is not None} - {SOURCE}
    return codes.pop() if len(codes) == 1 else ""


def _fits(entry: Entry, wanted: dict[str, Any]) -> bool:
    language = wanted["language"]
    if wanted["status"] and entry.status != wanted["status"]:
        return False
    if wanted["missing"] and language and entry.of(language).approved:
        return False
    asked = wanted["q"].casefold()
    codes = {SOURCE, language} if language else set(CODES)
    said = [entry.key, entry.definition]
    said += [text for code in codes for text in (*entry.of(code).approved, *entry.of(code).forbidden)]
    return not asked or any(asked in text.casefold() for text in said)


def _entry(key: str) -> Entry:
    found = entries([key]).get(key)
    if found is None:
        raise Http404
    return found


def concept(request: HttpRequest, key: str) -> HttpResponse:
    """A concept with its terms in every language."""
    _readable(request)
    entry = _entry(key)
    own = set(changeable(request.user))
    rows = [
        {
            "code": code,
            "name": name_of_language(code),
            "terms": entry.of(code),
            "address": reverse("glossary_terms", args=[key, code]) if code in own and code != SOURCE else "",
        }
        for code in CODES
    ]
    context = {
        "entry": entry,
        "rows": rows,
        "may_edit": SOURCE in own,
        "breadcrumbs_items": trail(entry),
        "header_title": entry.name,
        "header_icon": "openquote",
    }
    return render(request, "glossary/concept.html", context)


def _form_page(request: HttpRequest, form: Any, title: str, items: list[dict[str, Any]], back: str) -> HttpResponse:
    context = {
        "form": form,
        "breadcrumbs_items": items,
        "header_title": title,
        "header_icon": "openquote",
        "back": back,
    }
    return render(request, "glossary/form.html", context)


def add(request: HttpRequest) -> HttpResponse:
    """A new concept with its Swedish terms."""
    decision = may_change(request.user)
    if isinstance(decision, Denied):
        return refuse(request, decision)
    form = NewConceptForm(sent(request))
    if form.is_valid():
        key = form.cleaned_data["key"]
        try:
            editing.make(form.over(Entry(key)), language=SOURCE, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The concept has been added."))
            return redirect("glossary_concept", key)
    title = _("Add a concept")
    return _form_page(request, form, title, trail(here=title), reverse("glossary_index"))


def _initial(entry: Entry, language: str) -> dict[str, Any]:
    """What a form on the terms of a language begins with."""
    terms = entry.of(language)
    return {
        "approved": terms.approved,
        "forbidden": terms.forbidden,
        "inflected": terms.forms,
        "shown": editing.part(entry, language),
    }


def edit(request: HttpRequest, key: str) -> HttpResponse:
    """The concept's own text and its Swedish terms."""
    decision = may_change(request.user)
    if isinstance(decision, Denied):
        return refuse(request, decision)
    entry = _entry(key)
    initial = {name: getattr(entry, name) for name in ("definition", "source", "source_url", "status")}
    form = ConceptForm(sent(request), initial=initial | _initial(entry, SOURCE))
    return _answer(request, entry, form, SOURCE, _("Change the concept"))


def terms(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """The concept's terms in a language other than Swedish."""
    decision = may_change(request.user, language)
    if isinstance(decision, Denied):
        return refuse(request, decision)
    if language not in CODES or language == SOURCE:
        raise Http404
    entry = _entry(key)
    form = TermsForm(sent(request), language=language, initial=_initial(entry, language))
    return _answer(
        request, entry, form, language, _("Terms in %(language)s") % {"language": name_of_language(language)}
    )


def _answer(request: HttpRequest, entry: Entry, form: TermsForm, language: str, title: str) -> HttpResponse:
    """Save what is valid and go back to the concept; otherwise the form."""
    if form.is_valid():
        try:
            editing.change(
                entry.key,
                lambda now: form.over(now) if isinstance(form, ConceptForm) else now.with_terms(language, form.terms),
                language=language,
                shown=form.cleaned_data["shown"],
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The glossary has been changed."))
            return redirect("glossary_concept", entry.key)
    return _form_page(request, form, title, trail(entry, title), reverse("glossary_concept", args=[entry.key]))


def export(request: HttpRequest) -> HttpResponse:
    """The glossary as a file: ``format`` csv or tbx, ``language`` any number of codes, all without one."""
    _readable(request)
    form = ExportForm(request.GET)
    if not form.is_valid():
        return HttpResponseBadRequest(_("There is no such file."), content_type="text/plain; charset=utf-8")
    name, languages = form.cleaned_data["format"], form.cleaned_data["language"] or CODES
    found = sorted(entries().values(), key=lambda entry: entry.key)
    content = tbx.write(found, languages) if name == "tbx" else csvfile.write(found, languages)
    about = f"glossary.{name}"
    record(Event.EXPORTED, actor=request.user, about=about, concepts=len(found), languages=" ".join(languages))
    kind = "application/x-tbx+xml" if name == "tbx" else "text/csv; charset=utf-8"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="glossary-{timezone.localdate():%Y-%m-%d}.{name}"'
    return response
