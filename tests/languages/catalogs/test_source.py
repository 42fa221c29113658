"""Messages out of code and templates, the odd ones too."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template

from cms.languages.catalogs.messages import Found, Message
from cms.languages.catalogs.source import SourceUnreadableError, collect, extract_code, messages_for
from cms.languages.catalogs.templates import TemplateTagError, extract_template

CODE = b"""
from django.utils.translation import gettext as _, ngettext, pgettext_lazy, npgettext

# Translators: on the button
title = _("Search")
name = "name"
_(name); _(f"{name}"); _(); _("")
ngettext("%(count)d page", "%(count)d pages", count)
pgettext_lazy("button", "Open")
npgettext(
    "list",
    "one "
    "day",
    "many days",
    len([]),
)
for _ in range(3):
    pass
"""


def test_code() -> None:
    assert list(extract_code(CODE)) == [
        Found(5, "Search", comment="on the button"),
        Found(8, "%(count)d page", "%(count)d pages"),
        Found(9, "Open", context="button"),
        Found(11, "one day", "many days", "list"),
    ]


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("{% translate 'Search' %}", Found(1, "Search")),
        ('{% trans "A \\"b\\"" noop %}', Found(1, 'A "b"')),
        ('\n{% translate "Open" context "button" as label %}', Found(2, "Open", context="button")),
        ("{% translate \"May\" context 'month' %}", Found(1, "May", context="month")),
        ('{% translate "50 % off"|upper %}', Found(1, "50 %% off")),
        ("{% blocktranslate %}Hello  {{ name }}, 100 %{% endblocktranslate %}", Found(1, "Hello  %(name)s, 100 %%")),
        (
            "{% blocktranslate trimmed with a=b|upper context 'x' %}\n Two\n lines {{ a }}\n{% endblocktranslate %}",
            Found(1, "Two lines %(a)s", context="x"),
        ),
        (
            "{% blocktrans count n=p|length trimmed %}\n {{ n }} page\n{% plural %}\n {{ n }} pages{% endblocktrans %}",
            Found(1, "%(n)s page", "%(n)s pages"),
        ),
        ('{{ _("Menu")|upper }}', Found(1, "Menu")),
        ('{% include "x.html" with label=_("Share this") %}', Found(1, "Share this")),
        ('{{ value|default:_("none") }}', Found(1, "none")),
        ("{# Translators: a verb #}{% translate 'Print' %}", Found(1, "Print", comment="a verb")),
        (
            "{% comment %}Translators: of the\n  page{% endcomment %}\n{% translate 'Contents' %}",
            Found(3, "Contents", comment="of the page"),
        ),
    ],
)
def test_a_template(template: str, found: Found) -> None:
    assert extract_template(template) == [found]


@pytest.mark.parametrize(
    "template",
    [
        "{% comment %}{% translate 'a' %}{{ _('b') }}{% endcomment %}",
        "{# {% translate 'a' %} #}",
        "{% verbatim %}{% translate 'a' %}{% endverbatim %}",
        "{% translate variable %} {{ variable }}",
        "{% load i18n %} plain _text_ func_('x')",
    ],
)
def test_what_is_no_message(template: str) -> None:
    assert extract_template(template) == []


def test_a_comment_holds_for_what_follows_it_only() -> None:
    found = extract_template("{# Translators: first #}\n{% translate 'A' %}\n\n{% translate 'B' %}")
    assert [(one.singular, one.comment) for one in found] == [("A", "first"), ("B", "")]


@pytest.mark.parametrize(
    ("template", "line", "what"),
    [
        ("\n{% blocktranslate %}{% if x %}a{% endif %}{% endblocktranslate %}", 2, "holds another tag: if x"),
        ("{% blocktranslate %}a", 1, "is not closed"),
        ("{% blocktranslate count n=x %}a{% endblocktranslate %}", 1, "lacks a {% plural %}"),
        ("{% blocktranslate %}a{% plural %}b{% endblocktranslate %}", 1, "lacks a count"),
    ],
)
def test_what_django_would_refuse(template: str, line: int, what: str) -> None:
    with pytest.raises(TemplateTagError, match="blocktranslate") as caught:
        extract_template(template)
    assert caught.value.line == line
    assert what in str(caught.value)


def test_the_message_is_the_one_that_django_looks_up() -> None:
    """Rendered in a language whose catalog is asked for exactly the message that was found."""
    source = "{% load i18n %}{% blocktranslate trimmed with a=b %}\n x {{ a }}\n 5 %{% endblocktranslate %}"
    assert extract_template(source)[0].singular == "x %(a)s 5 %%"
    assert Template(source).render(Context({"b": "y"})) == "x y 5 %"


def tree(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_html", ".html").replace("_py", ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_a_tree(tmp_path: Path) -> None:
    root = tree(
        tmp_path,
        cms__b_py='_("Page")\n_("Zebra")',
        cms__a_py="x = 1",
        pages__templates__p_html="{% translate 'Page' %}"
        "{% blocktranslate count n=n %}day{% plural %}days{% endblocktranslate %}",
        pages__static__s_html="{% translate 'Not a template' %}",
        pages__migrations__m_py='_("Old name")',
        tests__t_py='_("A test")',
        search__q_py='gettext("day")',
    )
    messages = collect(root)
    assert list(messages.values()) == [
        Message("Page", files=("cms/b.py", "pages/templates/p.html")),
        Message("Zebra", files=("cms/b.py",)),
        Message("day", "days", files=("pages/templates/p.html", "search/q.py")),
    ]


def test_every_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    root = tree(
        tmp_path,
        cms__a_py='_("x"\n"""',
        cms__templates__b_html="\n{% blocktranslate %}x",
        cms__c_py='ngettext("day", "days", 1)',
        cms__d_py='\nngettext("day", "dayz", 1)',
    )
    with pytest.raises(SourceUnreadableError) as caught:
        collect(root)
    assert [fault.partition(": ")[0] for fault in caught.value.faults] == [
        "cms/a.py:2",
        "cms/templates/b.html:2",
        "cms/d.py:2",
    ]
    assert caught.value.faults[2] == "cms/d.py:2: 'day' has another plural elsewhere"


def test_a_language_that_django_lacks_holds_its_calendar_too(tmp_path: Path) -> None:
    collected = collect(tree(tmp_path, cms__a_py='_("May")\n_("Page")'))
    assert list(messages_for("ar", collected)) == ["May", "Page"]
    somali = messages_for("so", collected)
    assert somali["March"].translation == "Maarso"
    assert somali["alt. month\x04March"].translation == "Maarso"
    # The project's own "May" is translated by a person.
    assert somali["May"].translation is None


def test_the_projects_own_source_can_be_read() -> None:
    assert len(collect(Path(settings.BASE_DIR))) > 100
