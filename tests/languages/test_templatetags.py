"""The tags and filters of ``{% load languages %}``."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

DAY = date(2026, 3, 5)


def render(source: str, **context: Any) -> str:
    return Template("{% load languages %}" + source).render(Context(context))


@pytest.mark.parametrize(("code", "text"), [("sv", "5 mars 2026"), ("prs", "۵ مارچ ۲۰۲۶"), ("ti", "5 መጋቢት 2026")])
def test_longdate_takes_the_active_language(code: str, text: str) -> None:
    with translation.override(code):
        assert render("{{ day|longdate }}", day=DAY) == text


def test_a_language_can_be_given() -> None:
    with translation.override("ar"):
        assert render('{{ day|longdate:"uk" }}', day=DAY) == "5 березня 2026\u202fр."
        assert render("{{ day|month:code }}", day=DAY, code="es") == "marzo de 2026"
        assert render('{{ 1234567|number:"fa" }}') == "۱٬۲۳۴٬۵۶۷"
        assert render('{{ "prs"|language_name:"sv" }} {{ "prs"|language_name }}') == "dari الدارية"


def test_a_moment_is_taken_to_the_sites_time_zone() -> None:
    assert render('{{ at|longdate:"sv" }}', at=datetime(2026, 3, 5, 23, 30, tzinfo=UTC)) == "6 mars 2026"


def test_nothing_gives_nothing() -> None:
    assert render("[{{ x|longdate }}{{ x|month }}{{ x|number }}]", x=None) == "[]"


def test_without_an_active_language_it_is_swedish() -> None:
    translation.deactivate_all()
    try:
        assert render("{{ day|longdate }} {{ 1234|number }}", day=DAY) == "5 mars 2026 1\xa0234"
    finally:
        translation.deactivate()


def test_lang_and_dir() -> None:
    assert render("<p {% lang_attrs code %}>", code="prs") == '<p lang="fa-AF" dir="rtl">'
    assert render("<p {% lang_attrs code %}>", code="ti") == '<p lang="ti" dir="ltr">'


def test_the_registrys_entry() -> None:
    assert render("{% language_of 'so' as language %}{{ language.autonym }} {{ language.direction }}") == "Soomaali ltr"


def test_isolate_escapes() -> None:
    assert render("{{ name|isolate }}", name="<b>Malmö") == "<bdi>&lt;b&gt;Malmö</bdi>"
