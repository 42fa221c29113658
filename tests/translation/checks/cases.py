"""For each check texts that it must speak of, and texts that it must not, in several languages."""

from __future__ import annotations

from dataclasses import dataclass, field

from cms.translation.checks import Subject

#: Where a paragraph of a page stands, and a field of the page itself.
BLOCK, FIELD = "body.2f", "search_words"
LRO, PDF, RLI, PDI = "\u202d", "\u202c", "\u2067", "\u2069"


def case(language: str, source: str, text: str, path: str = BLOCK, **rest: object) -> Subject:
    return Subject(language, source, text, path=path, **rest)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Cases:
    fire: list[Subject]
    quiet: list[Subject] = field(default_factory=list)


_LINK = 'Läs om <a id="a1">skatt</a>.'
_MV = {"a1": "https://www.migrationsverket.se/asyl"}

CASES: dict[str, Cases] = {
    "links": Cases(
        [
            case("ar", _LINK, "اقرأ عن الضرائب."),
            case("so", _LINK, 'Akhri <a id="a1">canshuurta</a> <a id="a1">canshuurta</a>.'),
            case("ru", "Läs om skatt.", 'Читайте о <a id="a2">налогах</a>.'),
        ],
        [case("ar", _LINK, 'اقرأ عن <a id="a1">الضرائب</a>.'), case("fr", "Skatt", "Impôt")],
    ),
    "formatting": Cases(
        [
            case("es", "Ring <b>112</b>.", "Llame al 112."),
            case("ti", "Ring 112.", "ናብ <b>112</b> ደውሉ።"),
            case("uk", "Ett<br/>två", "Один два"),
        ],
        [
            case("es", "Ring <b>112</b>.", "Llame al <b>112</b>."),
            case("uk", "hyra<br/>bostad", "оренда<br/>житло<br/>квартира", FIELD),
        ],
    ),
    "placeholders": Cases(
        [
            case("so", "Hej {name}!", "Salaan {magac}!"),
            case("ru", "%(count)s sidor", "страниц"),
            case("fa", "Kl. %s", "ساعت %s %s"),
        ],
        [
            case("so", "Hej {name}!", "Salaan {name}!"),
            case("ru", "%(count)s sidor", "страниц: %(count)s"),
            case("es", "50 % svarade.", "Respondió el 50 %."),
        ],
    ),
    "link-target": Cases(
        [
            case(
                "en",
                'På <a id="a1">webben</a>',
                'On the <a id="a1">web</a>',
                links=_MV,
                overrides={"a1": "https://example.org/"},
            )
        ],
        [
            case(
                "en",
                'På <a id="a1">webben</a>',
                'On the <a id="a1">web</a>',
                links=_MV,
                overrides={"a1": "https://migrationsverket.se/en/asylum"},
            )
        ],
    ),
    "phone": Cases(
        [
            case("ar", "Ring 114 14.", "اتصل بالرقم 114 15."),
            case("en", "Ring 020-50 50 50.", "Call 020-50 50 55."),
            case("ru", "Ring 112.", "Звоните в полицию."),
            case("so", "Ring +46 771 22 33 44.", "Wac +46 771 22 34 44."),
            case("es", "Ring polisen.", "Llame al 112."),
        ],
        [
            case("ar", "Ring 114 14.", "اتصل بالرقم ١١٤ ١٤."),
            case("fa", "Ring 1177.", "با ۱۱۷۷ تماس بگیرید."),
            case("prs", "Ring 020-50 50 50.", "به \u200e020-50 50 50\u200e زنگ بزنید."),
            case("fr", "Ring 116 111.", "Appelez le 116\u00a0111."),
            case("uk", "Från 2026-06-02 10 till 12", "Від 02.06.2026 10 до 12"),
        ],
    ),
    "email": Cases(
        [
            case("uk", "Mejla info@example.org.", "Пишіть на inf0@example.org."),
            case("ti", "Mejla oss.", "ናብ info@example.org ጽሓፉ።"),
        ],
        [case("uk", "Mejla info@example.org.", "Пишіть на info@example.org.")],
    ),
    "address": Cases(
        [
            case("fr", "Gå till 1177.se.", "Allez sur 1178.se."),
            case("ar", "Se https://www.skatteverket.se/id", "انظر الموقع"),
        ],
        [
            case("fr", "Gå till 1177.se och välj.", "Allez sur le site 1177.se, et choisissez."),
            case("en", "Se https://www.skatteverket.se/id", "See https://www.skatteverket.se/en/id"),
            case("fa", "Gå till 1177.se.", "به 1177.se بروید."),
        ],
    ),
    "numbers": Cases(
        [
            case("en", "Inom 30 dagar.", "Within 13 days."),
            case("ar", "Du får 12 000 kronor.", "تحصل على 12 كرونة."),
            case("ti", "Du är 18 år.", "16 ዓመት ኢኹም።"),
            case("uk", "Det kostar 1,5 kronor.", "Це коштує 15 крон."),
            case("es", "Avgiften är 500 kronor.", "Hay que pagar."),
            case("so", "Betala i tid.", "Bixi 200."),
        ],
        [
            case("en", "12 000 kronor", "12,000 kronor"),
            case("es", "12 000 kronor", "12.000 coronas"),
            case("en", "112 000 kronor", "112,000 kronor"),
            case("en", "5 112 kronor", "5,112 kronor"),
            case("fr", "1,5 miljoner", "1,5 million"),
            case("en", "1,5 miljoner", "1.5 million"),
            case("ar", "Du är 18 år.", "عمرك ١٨ سنة."),
            case("fa", "1 500,50 kronor", "۱٬۵۰۰٫۵۰ کرون"),
            case("en", "Öppet 8.00–16.30", "Open 8 am–4:30 pm"),
            case("ru", "Tre barn", "3 ребенка"),
            case("uk", "Lag (2018:1937)", "Закон (2018:1937)"),
            case("ti", "Ring 114 14.", "ናብ 114 14 ደውሉ።"),
        ],
    ),
    "dates": Cases(
        [
            case("ar", "Före den 4 mars 2027.", "قبل 4 مايو 2027."),
            case("ru", "Före den 4 mars 2027.", "До 4 мая 2027 года."),
            case("en", "Den 1 juli.", "On the first."),
            case("fr", "Senast 2026-03-15.", "Au plus tard le 15 mai 2026."),
        ],
        [
            case("ar", "Före den 4 mars 2027.", "قبل 4 مارس/آذار 2027."),
            case("fa", "Före den 4 mars 2027.", "پیش از ۴ مارس ۲۰۲۷."),
            case("prs", "Den 1 juli.", "در ۱ جولای."),
            case("uk", "I mars, den 4 mars 2027.", "У березні, 4 березня 2027 року."),
            case("so", "Den 4 mars 2027.", "4ta Maarso 2027."),
            case("ti", "Den 4 mars 2027.", "ዕለት 4 መጋቢት 2027።"),
            case("en", "Senast 2026-03-15.", "By 15 March 2026."),
            case("es", "Den 4 mars 2027.", "El 4 de marzo de 2027."),
        ],
    ),
    "untranslated": Cases([case("ar", "Text", ""), case("uk", "Text", " ")], [case("ar", "Text", "نص")]),
    "copied": Cases(
        [case("so", "Ring alltid polisen först.", "Ring alltid polisen först.")],
        [case("so", "SFI", "SFI"), case("en", "Ring alltid polisen.", "Always call the police.")],
    ),
    "length": Cases(
        [case("fr", "Skatt", "Impôt " * 20), case("ar", "Läs mer om skatt. " * 8, "الضرائب")],
        [case("fr", "Skatt", "L’impôt sur le revenu"), case("ti", "Läs mer.", "ዝያዳ ኣንብቡ።")],
    ),
    "max-length": Cases(
        [case("es", "Skatt", "Impuesto", max_length=5)],
        [case("es", "Skatt", "Impuesto", max_length=8), case("es", "A &amp; B", "A &amp; B", max_length=5)],
    ),
    "end-mark": Cases(
        [
            case("ar", "Behöver du hjälp?", "هل تحتاج إلى مساعدة?"),
            case("ti", "Läs mer.", "ዝያዳ ኣንብቡ."),
            case("ru", "Läs mer.", "Подробнее"),
            case("fr", "Skatt", "L’impôt."),
        ],
        [
            case("ar", "Behöver du hjälp?", "هل تحتاج إلى مساعدة؟"),
            case("ti", "Läs mer.", "ዝያዳ ኣንብቡ።"),
            case("ti", "Behöver du hjälp?", "ሓገዝ የድልየኩም ድዩ?"),
            case("es", "Hjälp (sfi).", "Ayuda (sfi)."),
            case("uk", "Böcker m.m.", "Книги та інше"),
            case("fa", "Vad gäller?", "چه چیزی درست است؟"),
        ],
    ),
    "marks": Cases(
        [
            case("fa", "Mat, vatten", "غذا, آب"),
            case("ti", "Mat, vatten", "መግቢ, ማይ"),
            case("prs", "Vad? Ja.", "چه? بلی."),
        ],
        [case("fa", "Mat, vatten", "غذا، آب"), case("ar", "Malmö, Lund", "مالمو (Malmö, Lund)")],
    ),
    "quotes": Cases(
        [
            case("fr", "Ett ”säkert konto”", 'Un "compte sûr"'),
            case("uk", "Ett ”säkert konto”", "”Безпечний рахунок”"),
            case("ar", "Ett ”säkert konto”", "«حساب آمن"),
        ],
        [
            case("fr", "Ett ”säkert konto”", "Un «\u00a0compte sûr\u00a0»"),
            case("en", "Ett ”säkert konto”", "A “safe account”"),
            case("ti", "Ett ”säkert konto”", "‹ውሑስ ሕሳብ›"),
            case("so", "Frågor", "Su'aalo"),
        ],
    ),
    "apostrophe": Cases(
        [case("uk", "Familj", "Сім'я"), case("uk", "Dator", "комп`ютер")],
        [case("uk", "Familj", "Сім’я"), case("uk", "Familj", "Сімʼя"), case("so", "Fråga", "Su'aal")],
    ),
    "script": Cases(
        [
            case("ru", "Ring polisen.", "Звоните полиции الشرطة."),
            case("so", "Ring polisen.", "Wac booliska полиция."),
            case("ti", "Ring polisen.", "ንፖሊስ ደውሉ पुलिस።"),
        ],
        [
            case("ru", "Välj العربية.", "Выберите العربية."),
            case("ar", "Kommun", "البلدية (kommun)"),
            case("fr", "Skatt", "L’impôt œuvre"),
            case("ar", "Rum 5 m²", "غرفة 5 m²"),
        ],
    ),
    "latin": Cases(
        [case("uk", "Ring polisen.", "Телефонуйте police."), case("ar", "Ring polisen.", "اتصل بـ police.")],
        [
            case("uk", "Kommun", "Муніципалітет (kommun)"),
            case("ar", "Logga in med BankID.", "سجّل الدخول عبر BankID."),
            case("ti", "Gå till sidan.", "ናብ 1177.se ኪዱ።"),
        ],
    ),
    "look-alike": Cases(
        [case("ru", "Hem", "дoм"), case("uk", "Hem", "Cім’я"), case("es", "Hus", "cаsa")],
        [case("ru", "IT-specialist", "IT-специалист"), case("fr", "Europa", "l’Europe")],
    ),
    "alphabet": Cases(
        [
            case("uk", "Du", "Вы"),
            case("ru", "Och", "і"),
            case("fa", "Du kan", "مي‌توانید"),
            case("prs", "En", "يك"),
            case("ar", "I", "فی"),
        ],
        [
            case("uk", "Du", "Ви"),
            case("fa", "Du kan", "می‌توانید"),
            case("ar", "I", "في"),
            case("uk", "Välj русский язык", "Виберіть русский язык"),
        ],
    ),
    "bidi": Cases(
        [
            case("ar", "Ring 112", f"اتصل {LRO}112{PDF}"),
            case("fa", "Malmö", f"{RLI}مالمو"),
            case("en", "Malmö", f"Malmö{PDI}"),
        ],
        [
            case("ar", "Malmö", f"{RLI}مالمو{PDI}"),
            case("fa", "Ring 112", "با \u200e112\u200e تماس بگیرید"),
        ],
    ),
    "doubled-word": Cases(
        [
            case("en", "I huset", "In the the house"),
            case("ar", "I huset", "في في البيت"),
            case("uk", "Och du", "І ви ви"),
            case("ru", "I huset", "Это в в доме"),
        ],
        [
            case("fr", "Anmäl dig", "Vous vous inscrivez"),
            case("prs", "Ofta", "زود زود"),
            case("ti", "En och en", "ሓደ ሓደ"),
            case("so", "Kontakt", "Xiriirka la hay Hay'adda"),
            case("en", "Hej hej", "Hej hej"),
        ],
    ),
    "spaces": Cases(
        [
            case("en", "Ett hus", "A  house"),
            case("ru", "Ja, tack", "Да , спасибо"),
            case("ar", "Ja, tack", "نعم ، شكرًا"),
            case("es", "Hus ", "Casa"),
            case("so", "Guri", " Guri"),
        ],
        [case("fr", "Vad?", "Quoi\u00a0?"), case("en", "Hus ", "House "), case("ti", "Hus", "ገዛ")],
    ),
    "french-space": Cases(
        [
            case("fr", "Vad?", "Quoi?"),
            case("fr", "Vad?", "Quoi ?"),
            case("fr", "Här: nu", "Ici : maintenant"),
            case("fr", "”Ja”", "«oui»"),
        ],
        [
            case("fr", "Vad?", "Quoi\u202f?"),
            case("fr", "”Ja”", "«\u00a0oui\u00a0»"),
            case("fr", "Kl. 10:30", "À 10:30"),
            case("fr", "Se https://1177.se/?q=1", "Voir https://1177.se/?q=1"),
        ],
    ),
    "joint": Cases(
        [
            case("fa", "Du kan", "شما می توانید"),
            case("prs", "Du kan inte", "شما نمی توانید"),
            case("fa", "Böcker", "کتاب ها"),
        ],
        [case("fa", "Du kan", "شما می‌توانید"), case("prs", "Böcker", "کتاب‌ها"), case("ar", "Ja", "ها نحن")],
    ),
}
