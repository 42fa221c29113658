"""Sample texts for the pattern library: long words, mixed scripts, names."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from urllib.parse import quote

_DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 450">'
    '<path fill="#d5e6e8" d="M0 0h800v372H0z"/><path fill="#d9e6d6" d="M0 372h800v78H0z"/>'
    '<g stroke="#1a2730" stroke-width="6" fill="none"><rect x="288" y="66" width="224" height="306" rx="6" '
    'fill="#0a5464"/><rect x="312" y="90" width="176" height="282" rx="6" fill="#f3b83a"/></g></svg>'
)


class SamplePicture(SimpleNamespace):
    """What the templates ask of a drawing among Wagtail's images."""

    def is_svg(self) -> bool:
        return True


PICTURE = SamplePicture(width=800, height=450, file=SimpleNamespace(url=f"data:image/svg+xml,{quote(_DRAWING)}"))


@dataclass(frozen=True, slots=True)
class Sample:
    """Texts in one language; ``long_word`` is among the longest that a heading will have."""

    code: str
    titles: tuple[str, str, str]
    summary: str
    paragraph: str
    long_word: str
    question: str


SAMPLES = {
    sample.code: sample
    for sample in (
        Sample(
            "sv",
            ("Hitta bostad", "Fråga om sommaren", "Bo på landet"),
            "Så söker du bostad på Gotland, där sommaren påverkar hyrorna.",
            "De flesta vill bo i Visby. Därför är kön längst där. Ställ dig i kö tidigt.",
            "Arbetsmarknadsetableringsprogram",
            "Kan jag betala i förväg?",
        ),
        Sample(
            "en",
            ("Finding a home", "Ask about the summer", "Living in the countryside"),
            "How to look for a home on Gotland, where the summer affects the rents.",
            "Most people want to live in Visby. That is why the queue is longest there. Join it early.",
            "Internationalisation responsibilities",
            "Can I pay in advance?",
        ),
        Sample(
            "ar",
            ("السكن في السويد", "ثلاثة أشكال شائعة للسكن", "الحقوق والمسؤولية في البيت"),
            "هنا تقرأ عن أشكال السكن المختلفة، وعن كيفية البحث عن سكن.",
            "تستأجر من مؤجّر (hyresvärd) وتدفع الإيجار كل شهر. اتصل بالرقم <bdi>1177</bdi>.",
            "الخدمات الاجتماعية (socialtjänsten)",
            "كيف يجد الناس سكنًا حيث كنت تسكن سابقًا؟",
        ),
        Sample(
            "ti",
            ("ኣብ ጎትላንድ ገዛ ምድላይ", "ብዛዕባ ሓጋይ ሕተት", "ኣብ ገጠር ምንባር"),
            "ሓጋይ ኣብ ክራይ ጽልዋ ኣብ ዘለዎ ጎትላንድ፣ ገዛ ከመይ ከም ትደሊ።",
            "መብዛሕትኦም ሰባት ኣብ ቪስቢ ክነብሩ ይደልዩ። ስለዚ እቲ ሪጋ ኣብኡ እዩ ዝነውሕ። ኣብ ሄምሰ (Hemse) ክቐልል ይኽእል።",
            "ማሕበር ተኻረይቲ (Hyresgästföreningen)",
            "ኣቐዲመ ክኸፍል እኽእል ድየ?",
        ),
        Sample(
            "uk",
            ("Як знайти житло", "Не платіть завчасно", "Шукайте на ширшій території"),
            "Черги на житло, орендодавці та на що зважати, коли шукаєте житло в Сконе.",
            "Багато людей шукають житло в Мальме, Лунді та Гельсінгборзі. Там, можливо, доведеться довго чекати.",
            "Найвідповідальнішого працевлаштування",
            "Перш ніж підписати договір, що перевірити?",
        ),
    )
}
