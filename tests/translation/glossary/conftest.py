"""A small glossary in all scripts."""

from __future__ import annotations

from typing import Any

import pytest

from cms.translation.glossary.entries import Entry, Terms, write
from cms.translation.glossary.models import Status

ADDRESS = "/admin/translation/glossary/"


def entry(key: str, swedish: str, forms: tuple[str, ...] = (), **terms: Terms | tuple[str, ...]) -> Entry:
    """An approved concept; a language's terms are its approved ones, or :class:`Terms`."""
    said = {code: value if isinstance(value, Terms) else Terms(value) for code, value in terms.items()}
    return Entry(
        key,
        f"Vad {swedish} är.",
        "Skatteverket",
        "https://www.skatteverket.se/",
        Status.APPROVED,
        {"sv": Terms((swedish,), (), forms), **said},
    )


FOLKBOKFORING = entry(
    "folkbokforing",
    "folkbokföring",
    ("folkbokförd", "folkbokföra"),
    en=Terms(("population registration",), ("census", "registration")),
    ar=Terms(("تسجيل السكان",), ("التعداد",)),
    prs=("ثبت نفوس",),
    fa=Terms(("ثبت احوال", "کارت‌شناسایی"), ("سرشماری",)),
    so=Terms(("diiwaangelinta dadweynaha",), ("tirakoob",)),
    ti=Terms(("ምዝገባ ህዝቢ",), ("ቆጸራ",)),
    ru=Terms(("регистрация населения",), ("прописка",)),
    es=Terms(("registro de población",), ("censo",)),
    fr=Terms(("inscription au registre",), ("recensement",)),
    uk=Terms(("реєстрація населення", "дозвіл"), ("прописка",)),
)
TILLSTAND = entry("uppehallstillstand", "uppehållstillstånd", en=("residence permit",), ar=("تصريح إقامة",))
PERMANENT = entry(
    "permanent-uppehallstillstand",
    "permanent uppehållstillstånd",
    ("PUT",),
    en=("permanent residence permit",),
    ti=("ቀዋሚ ፍቓድ መንበሪ",),
)
NUMMER = entry("personnummer", "personnummer", en=("personal identity number",), ar=("الرقم الشخصي",))
HYRA = entry("hyra", "hyra", en=("rent",))
ALL = (FOLKBOKFORING, TILLSTAND, PERMANENT, NUMMER, HYRA)


@pytest.fixture
def glossary(db: Any) -> dict[str, Entry]:
    """Five concepts in the database, by key."""
    for one in ALL:
        write(one, None, None)
    return {one.key: one for one in ALL}


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
