"""Every kind of fault, and what is none."""

from __future__ import annotations

import pytest

from cms.languages.catalogs.faults import faults_of
from cms.languages.catalogs.messages import Message


def faults(singular: str, text: str | list[str], code: str, plural: str | None = None) -> list[str]:
    return faults_of(Message(singular, plural), [text] if isinstance(text, str) else text, code)


@pytest.mark.parametrize(
    ("singular", "text", "code", "fault"),
    [
        ("Search", "", "sv", "is empty"),
        ("Search", ["Sök", "Sök"], "sv", "has 2 plural forms, Swedish has 1"),
        ("On %(day)s", "Den %(dag)s", "sv", "lacks %(day)s"),
        ("On %(day)s", "Den %(dag)s", "sv", "has %(dag)s, which the source has not"),
        ("%s of %s", "%s av alla", "sv", "lacks %s"),
        ("%d pages", "%s sidor", "sv", "lacks %d"),
        ("{name} left", "{namn} gick", "sv", "lacks {name}"),
        ("100 %%", "100 %", "sv", "lacks %%"),
        ("<b>Now</b>", "<b>Nu<b>", "sv", "has the tags <b>, <b>, the source </b>, <b>"),
        ('<a href="%(u)s">x</a>', '<a href="/">%(u)s</a>', "sv", 'has the tags </a>, <a href="/">, the source'),
        ("Name: ", "Namn:", "sv", "ends with '', the source with ' '"),
        ("Name", "\nNamn", "sv", r"begins with '\n', the source with ''"),
        ("One\ntwo", "Ett två", "sv", "has 1 lines, the source 2"),
        ("Search", "Search", "ar", "is in another script than Arab: Search"),
        ("Search", "Поиск", "sv", "is in another script than Latn: Поиск"),
        ("Search", "ምድላይ search", "ti", "is in another script than Ethi: search"),
        ("Hello", "Прiвет", "ru", "is in another script than Cyrl: Прiвет"),
        ("Hello", "Привіт", "ru", "has letters that Russian has not: і"),
        ("Hello", "Вы", "uk", "has letters that Ukrainian has not: ы"),
        ("Book", "كتاب", "fa", "has letters that Persian has not: ك"),
        ("Language", "زبانهای", "ar", "has letters that Arabic has not: ی"),
        ("The board", "المجلس (правление)", "ar", "is in another script than Arab: (правление)"),
    ],
)
def test_a_fault(singular: str, text: str | list[str], code: str, fault: str) -> None:
    assert any(found.startswith(fault) for found in faults(singular, text, code)), faults(singular, text, code)


@pytest.mark.parametrize(
    ("singular", "text", "code"),
    [
        ("%(page)s of %(total)s", "%(total)s / %(page)s", "ar"),
        ("The County Administrative Board", "مجلس إدارة المحافظة (Länsstyrelsen)", "ar"),
        ("BankID and SFI", "BankID እና SFI", "ti"),
        ("Wagtail's help", "Справка Wagtail", "ru"),
        ("Write to %(mail)s or info@example.org", "%(mail)s أو info@example.org", "ar"),
        ('See <a href="https://www.1177.se/ar/">1177</a>', 'انظر <a href="https://www.1177.se/ar/">1177</a>', "ar"),
        ("The file `index.md` in sv/index.md", "پرونده `index.md` در sv/index.md", "fa"),
        ("A&nbsp;b", "А&nbsp;б", "uk"),
        ("Updated", "به\u200cروزرسانی", "fa"),
        ("It's", "п’ять, п'ять", "uk"),
        ("CSV", "CSV", "ar"),
        ("Page 5", "صفحه ۵", "fa"),
    ],
)
def test_no_fault(singular: str, text: str, code: str) -> None:
    assert faults(singular, text, code) == []


ARABIC = [
    "لا صفحات",
    "صفحة واحدة",
    "صفحتان",
    "%(count)s صفحات",
    "%(count)s صفحة",
    "%(count)s صفحة",
]


def test_a_form_for_one_number_may_say_it_in_words() -> None:
    assert faults("%(count)s page", ARABIC, "ar", "%(count)s pages") == []
    assert faults("%(count)s page", ["En sida", "%(count)s sidor"], "sv", "%(count)s pages") == []


def test_a_form_for_many_numbers_may_not() -> None:
    broken = [*ARABIC[:3], "صفحات", *ARABIC[4:]]
    assert faults("%(count)s page", broken, "ar", "%(count)s pages") == ["plural form 3: lacks %(count)s"]
    # 21 and 31 take it as well as 1; in French so does 0.
    assert faults("One page", ["Одна страница", "%d страницы", "%d страниц", "%d страницы"], "ru", "%d pages") == [
        "plural form 0: lacks %d"
    ]
    assert faults("%d page", ["Une page", "%d pages"], "fr", "%d pages") == ["plural form 0: lacks %d"]


def test_only_one_placeholder_may_be_left_out() -> None:
    assert faults("%(n)s in %(place)s", ["En", "%(n)s i %(place)s"], "sv", "%(n)s in %(place)s") == [
        "plural form 0: lacks %(n)s, %(place)s"
    ]


def test_the_number_of_forms() -> None:
    assert faults("%d page", ["%d صفحة", "%d صفحات"], "ar", "%d pages") == ["has 2 plural forms, Arabic has 6"]
    assert faults("%d page", ["%d sida", ""], "sv", "%d pages") == ["plural form 1 is empty"]
    assert faults("%d page", ["", ""], "sv", "%d pages") == ["is empty"]
