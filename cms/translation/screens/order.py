"""Ordering: the form, the price, what was ordered and how far it has come."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Page

from cms.access.actions import Action
from cms.access.moderation.people import people_who_may
from cms.access.naming import name_of
from cms.access.policy import scopes_for
from cms.access.scopes import Scope
from cms.languages.registry import BY_CODE, LANGUAGES, SOURCE
from cms.translation.exchange.formats import Format
from cms.translation.models import ItemStatus, Order, OrderItem, Priority, SourceRecord
from cms.translation.ordering.orders import Wanted, cancel, orderable, place_order
from cms.translation.ordering.price import prices, total

ROWS_PER_PAGE = 50
TARGETS = [language for language in LANGUAGES if language.code != SOURCE]


class OrderForm(forms.Form):
    """What is asked for. The pages stand in the address."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=[(language.code, language.autonym) for language in TARGETS],
        widget=forms.CheckboxSelectMultiple,
    )
    deadline = forms.DateField(
        label=gettext_lazy("Deadline"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    priority = forms.TypedChoiceField(
        label=gettext_lazy("Priority"), choices=Priority.choices, coerce=int, initial=Priority.NORMAL
    )
    comment = forms.CharField(
        label=gettext_lazy("Comment for the translators"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    token = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, sources: list[SourceRecord], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counties = {source.county_slug or None for source in sources}
        self.translators: dict[str, dict[str, Any]] = {}
        for language in TARGETS:
            # Somebody who may translate all of them: the pages of two counties have no such person.
            people = (
                people_who_may(Action.EDIT, Scope(language.code, next(iter(counties)))) if len(counties) == 1 else []
            )
            self.translators[language.code] = {str(person.pk): person for person in people}
            self.fields[f"translator_{language.code}"] = forms.ChoiceField(
                label=language.autonym,
                required=False,
                choices=[("", _("whoever translates the language")), *((str(p.pk), name_of(p)) for p in people)],
            )

    def clean_deadline(self) -> Any:
        deadline = self.cleaned_data["deadline"]
        if deadline and deadline < timezone.localdate():
            raise ValidationError(_("The deadline has passed."))
        return deadline

    def wanted(self, sources: list[SourceRecord]) -> Wanted:
        data = self.cleaned_data
        chosen = {code: people.get(data[f"translator_{code}"]) for code, people in self.translators.items()}
        return Wanted(
            sources,
            data["languages"],
            data["token"],
            data["deadline"],
            data["priority"],
            data["comment"],
            {code: person for code, person in chosen.items() if person is not None},
        )

    @property
    def rows(self) -> list[tuple[Any, Any, Any]]:
        """Each language with its tick and its translator's field."""
        ticks = {str(tick.data["value"]): tick for tick in self["languages"]}
        return [(language, ticks[language.code], self[f"translator_{language.code}"]) for language in TARGETS]


def order(request: HttpRequest) -> HttpResponse:
    """The form for the pages that the address names (``page``, ``below`` for what is under them too)."""
    sources = _sources(request)
    if not sources:
        messages.error(request, _("There is no published Swedish page here whose translations you may order."))
        return redirect("translation_queue")
    initial = {
        "token": secrets.token_urlsafe(24),
        "languages": request.GET.getlist("language"),
        "priority": Priority.NORMAL,
    }
    form = OrderForm(request.POST or None, sources=sources, initial=initial)
    found = None
    if request.method == "POST" and form.is_valid():
        if "price" not in request.POST:
            try:
                placed = place_order(form.wanted(sources), request.user)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("The translations are ordered."))
                return redirect("translation_order_detail", placed.pk)
        else:
            found = prices(sources, form.cleaned_data["languages"])
    context = {
        "page_title": _("Order translations"),
        "header_icon": "globe",
        "form": form,
        "sources": sources,
        "prices": found
        and [(BY_CODE[code], total(found, code)) for code in sorted(form.cleaned_data["languages"], key=_position)],
        "total": found and total(found),
    }
    return TemplateResponse(request, "translation/order.html", context)


def _position(code: str) -> int:
    return next(number for number, language in enumerate(LANGUAGES) if language.code == code)


def _sources(request: HttpRequest) -> list[SourceRecord]:
    ids = {int(value) for value in request.GET.getlist("page") if value.isdecimal() and len(value) < 19}
    pages = list(Page.objects.filter(pk__in=ids))
    if request.GET.get("below") == "1":
        condition = Q(pk__in=[])
        for page in pages:
            condition |= Q(path__startswith=page.path)
        pages = list(Page.objects.filter(condition))
    return orderable(pages, request.user)


def orders(request: HttpRequest) -> HttpResponse:
    """The orders for the parts of the site in which the user may order."""
    found = (
        Order.objects.filter(pk__in=_visible(request.user).values("order_id"))
        .select_related("created_by")
        .annotate(
            total=Count("items"),
            done=Count("items", filter=Q(items__status=ItemStatus.DONE)),
            open=Count("items", filter=Q(items__status__in=(ItemStatus.WAITING, ItemStatus.OPEN))),
        )
        .order_by("-pk")
    )
    page = Paginator(found, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_title": _("Orders"), "header_icon": "globe", "orders": page.object_list, "page": page}
    return TemplateResponse(request, "translation/orders.html", context)


def _visible(user: Any) -> Any:
    """The ordered translations of sources in the parts in which ``user`` may order."""
    items = OrderItem.objects.all()
    if user.is_superuser:
        return items
    counties = [scope.county_slug or "" for scope in scopes_for(user, Action.ORDER) if scope.language == SOURCE]
    return items.filter(record__source__county_slug__in=counties)


def order_detail(request: HttpRequest, order_id: int) -> HttpResponse:
    """One order: its pages in their languages. POST takes one back."""
    items = _visible(request.user).filter(order_id=order_id)
    placed = get_object_or_404(Order.objects.filter(pk__in=items.values("order_id")).select_related("created_by"))
    if request.method == "POST":
        chosen = request.POST.get("item", "")
        number = int(chosen) if chosen.isdecimal() and len(chosen) < 19 else 0
        item = get_object_or_404(items.select_related("record__source__page"), pk=number)
        cancel(item, request.user)
        messages.success(request, _("This translation is no longer ordered. Its texts are kept."))
        return redirect("translation_order_detail", order_id)
    shown = items.select_related("record__source__page", "translator").order_by(
        "record__source__page__path", "record__language"
    )
    page = Paginator(shown, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    counts = dict(items.values_list("status").annotate(Count("pk")))
    context = {
        "page_title": _("Order %(number)d") % {"number": placed.pk},
        "header_icon": "globe",
        "order": placed,
        "items": [(item, BY_CODE[item.record.language]) for item in page.object_list],
        "page": page,
        "counts": [(status.label, counts[status]) for status in ItemStatus if status in counts],
        "total": sum(counts.values()),
        "done": counts.get(ItemStatus.DONE, 0),
        "languages": [BY_CODE[code] for code in sorted(set(items.values_list("record__language", flat=True)))],
        "formats": Format.choices,
    }
    return TemplateResponse(request, "translation/order_detail.html", context)
