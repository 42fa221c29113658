"""What the screens of search share: the line of links above them, lists in pages, forms that save and delete."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

#: Rows of a page of a list.
ROWS = 50
ICON = "search"


def trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """From the start page through ``steps``: the name of an address, or none for where one is, and its label."""
    items = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    return items + [{"url": reverse(name) if name else "", "label": label} for name, label in steps]


def page_of(request: HttpRequest, rows: Sequence[Any] | Any) -> tuple[Page[Any], str]:
    """The page of the list that the request asks for, and its other parameters."""
    query = request.GET.copy()
    query.pop("p", None)
    return Paginator(rows, ROWS).get_page(request.GET.get("p")), query.urlencode()


def list_page(request: HttpRequest, form: Any, rows: Sequence[Any], name: str, title: str) -> HttpResponse:
    """A page of ``rows`` by the template ``name``, below the filter."""
    page, query = page_of(request, rows)
    context = {
        "form": form,
        "page": page,
        "query": query,
        "header_title": title,
        "header_icon": ICON,
        "breadcrumbs_items": trail(("", title)),
    }
    return render(request, f"search/editors/{name}.html", context)


def sent(request: HttpRequest) -> Any:
    """What a form is given: what was sent, be it nothing, or ``None`` where the form is only shown."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: HttpRequest, form: Any, title: str, back: tuple[str, str], said: Callable[[Any], str]
) -> HttpResponse:
    """Save what is valid, and go back to the list, with ``said`` of what was saved; otherwise the form.

    ``back``: the name of the list's address, and its title.
    """
    if form.is_valid():
        if form.has_changed() or not form.instance.pk:
            with transaction.atomic():
                form.save()
        messages.success(request, said(form.instance))
        return redirect(back[0])
    context = {
        "form": form,
        "header_title": title,
        "header_icon": ICON,
        "breadcrumbs_items": trail(back, ("", title)),
        "back": reverse(back[0]),
    }
    return render(request, "search/editors/form.html", context)


def delete_page(
    request: HttpRequest, thing: Any, title: str, back: tuple[str, str], question: str, lines: Sequence[str]
) -> HttpResponse:
    """Ask, and when the answer is sent delete ``thing`` and go back to the list."""
    if request.method == "POST":
        with transaction.atomic():
            thing.delete()
        messages.success(request, _("Deleted."))
        return redirect(back[0])
    context = {
        "question": question,
        "lines": lines,
        "code": thing.language,
        "header_title": title,
        "header_icon": ICON,
        "breadcrumbs_items": trail(back, ("", title)),
        "back": reverse(back[0]),
    }
    return render(request, "search/editors/delete.html", context)
