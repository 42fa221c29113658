"""Three small pages in each language, and what readers type for them.

``KNOWN`` are words of the page itself, ``INFLECTED`` other forms of them, ``VARIANTS`` the same words
from another keyboard; each with the page that must come first.
"""

from __future__ import annotations

from search.contracts import Record

HOME, CARE, SCHOOL = "home", "care", "school"
SUBJECTS = (HOME, CARE, SCHOOL)

TEXTS: dict[str, dict[str, tuple[str, str]]] = {
    "sv": {
        HOME: (
            "Hyra en bostad",
            "Du kan söka lägenheter hos bostadsföretag. Hyran betalas varje månad. Hyresvärden skriver ett kontrakt.",
        ),
        CARE: ("Söka vård", "Ring 1177 om du är sjuk. På vårdcentralen träffar du läkare och sjuksköterskor."),
        SCHOOL: ("Förskola och skola", "Alla barn går i skolan i nio år. Läraren hjälper eleverna. Maten är gratis."),
    },
    "en": {
        HOME: (
            "Renting a home",
            "You can look for apartments at housing companies. The rent is paid every month to the landlord.",
        ),
        CARE: ("Seeking care", "Call 1177 if you are ill. At the health centre you meet doctors and nurses."),
        SCHOOL: ("Preschool and school", "All children go to school for nine years. The teacher helps the pupils."),
    },
    "ar": {
        HOME: (
            "استئجار مسكن",
            "يمكنك البحث عن شقق لدى شركات السكن. يُدفع الإيجار كل شهر. يكتب المالك عقدًا معك.",
        ),
        CARE: ("طلب الرعاية الصحية", "اتصل بالرقم ١١٧٧ إذا كنت مريضًا. في المركز الصحي تلتقي بالأطباء والممرضات."),
        SCHOOL: ("الروضة والمدرسة", "يذهب جميع الأطفال إلى المدرسة لمدة تسع سنوات. يساعد المعلم التلاميذ."),
    },
    "prs": {
        HOME: (
            "کرایه کردن خانه",
            "می‌توانید در شرکت‌های مسکن آپارتمان جستجو کنید. کرایه هر ماه پرداخت می‌شود.",
        ),
        CARE: (
            "مراجعه به داکتر",
            "اگر مریض هستید به شماره ۱۱۷۷ زنگ بزنید. در مرکز صحی داکتران و نرس‌ها را می‌بینید.",
        ),
        SCHOOL: ("کودکستان و مکتب", "همه اطفال نه سال به مکتب می‌روند. معلم به شاگردان کمک می‌کند."),
    },
    "fa": {
        HOME: (
            "اجارهٔ مسکن",
            "می‌توانید نزد شرکت‌های مسکن دنبال آپارتمان بگردید. اجاره هر ماه پرداخت می‌شود.",
        ),
        CARE: (
            "مراجعه به پزشک",
            "اگر بیمار هستید با شمارهٔ ۱۱۷۷ تماس بگیرید. در درمانگاه پزشکان و پرستاران را می‌بینید.",
        ),
        SCHOOL: (
            "پیش‌دبستانی و مدرسه",
            "همهٔ کودکان نه سال به مدرسه می‌روند. معلم به دانش‌آموزان کمک می‌کند.",
        ),
    },
    "so": {
        HOME: (
            "Kireynta guri",
            "Waxaad guri ka raadsan kartaa shirkadaha guryaha. Kirada waxaa la bixiyaa bil kasta.",
        ),
        CARE: (
            "Raadinta daryeel",
            "Wac 1177 haddii aad xanuunsan tahay. Xarunta caafimaadka waxaad kula kulmaysaa dhakhaatiir.",
        ),
        SCHOOL: (
            "Xannaanada iyo dugsiga",
            "Carruurta oo dhan waxay dugsiga dhigtaan sagaal sano. Macallinka wuxuu qaataa go'aanka.",
        ),
    },
    "ti": {
        HOME: ("ገዛ ምክራይ", "ኣብ ኩባንያታት ኣባይቲ ኣፓርታማ ክትደልዩ ትኽእሉ ኢኹም። ክራይ ኣብ ወርሒ ይኽፈል።"),
        CARE: ("ሓገዝ ሕክምና ምድላይ", "እንተ ሓሚምኩም ናብ 1177 ደውሉ። ኣብ ማእከል ጥዕና ሓካይምን ነርስታትን ትረኽቡ።"),
        SCHOOL: (
            "መዋእለ ህጻናትን ቤት ትምህርትን",
            "ኩሎም ቆልዑ ንትሽዓተ ዓመት ናብ ቤት ትምህርቲ ይኸዱ፡መምህር፡ንተማሃሮ ይሕግዝ።",
        ),
    },
    "ru": {
        HOME: (
            "Аренда жилья",
            "Квартиру можно искать в жилищных компаниях. Плата вносится каждый месяц.",
        ),
        CARE: (
            "Обращение за медицинской помощью",
            "Позвоните 1177, если вы больны. В поликлинике вас примут врачи и медсёстры.",
        ),
        SCHOOL: ("Детский сад и школа", "Все дети ходят в школу девять лет. Учитель помогает ученикам."),
    },
    "es": {
        HOME: (
            "Alquilar una vivienda",
            "Puede buscar pisos en las empresas. El alquiler se paga cada mes al propietario.",
        ),
        CARE: (
            "Buscar atención médica",
            "Llame al 1177 si está enfermo. En el centro de salud le atienden médicos y enfermeras.",
        ),
        SCHOOL: (
            "Educación infantil y escuela",
            "Todos los niños van a la escuela durante nueve años. El maestro ayuda a los alumnos.",
        ),
    },
    "fr": {
        HOME: (
            "Louer un logement",
            "Vous pouvez chercher des appartements. Le loyer se paie chaque mois au propriétaire.",
        ),
        CARE: (
            "Se faire soigner",
            "Appelez le 1177 si vous êtes malade. Vous rencontrez des médecins et des infirmières.",
        ),
        SCHOOL: (
            "Maternelle et école",
            "Tous les enfants vont à l’école pendant neuf ans. L’enseignant aide les élèves.",
        ),
    },
    "uk": {
        HOME: (
            "Оренда житла",
            "Квартиру можна шукати в компаніях. Сплачувати вчасно — ваш обов’язок.",
        ),
        CARE: (
            "Звернення по медичну допомогу",
            "Зателефонуйте 1177, якщо ви хворі. У поліклініці вас приймуть лікарі та медсестри.",
        ),
        SCHOOL: ("Дитячий садок і школа", "Усі діти ходять до школи дев'ять років. Учитель допомагає учням."),
    },
}

KNOWN: list[tuple[str, str, str]] = [
    (language, text, subject)
    for language, subjects in TEXTS.items()
    for subject, (title, body) in subjects.items()
    for text in (title, body.split(".")[0].split("።")[0])
]

INFLECTED = [
    ("sv", "lägenheten", HOME),
    ("sv", "bostäder", HOME),
    ("sv", "läkaren", CARE),
    ("sv", "elev", SCHOOL),
    ("en", "apartment", HOME),
    ("en", "doctor", CARE),
    ("en", "child", SCHOOL),
    ("ar", "إيجار", HOME),
    ("ar", "مدرسة", SCHOOL),
    ("ar", "طفل الأطفال", SCHOOL),
    ("prs", "داکتران", CARE),
    ("prs", "شاگرد", SCHOOL),
    ("fa", "پرستار", CARE),
    ("fa", "کودک", SCHOOL),
    ("fa", "شرکت", HOME),
    ("so", "caafimaad", CARE),
    ("so", "dugsi", SCHOOL),
    ("so", "macallin", SCHOOL),
    ("ru", "квартиры", HOME),
    ("ru", "врача", CARE),
    ("ru", "ученик", SCHOOL),
    ("es", "viviendas", HOME),
    ("es", "alquileres", HOME),
    ("es", "médico", CARE),
    ("es", "alumno", SCHOOL),
    ("fr", "appartement", HOME),
    ("fr", "loyers", HOME),
    ("fr", "infirmière", CARE),
    ("fr", "enfant", SCHOOL),
    ("uk", "квартири", HOME),
    ("uk", "лікаря", CARE),
    ("uk", "шкіл", SCHOOL),
]

VARIANTS = [
    ("sv", "LÄGENHETER", HOME),
    ("sv", "lagenhet", HOME),
    ("sv", "lararen", SCHOOL),
    ("sv", "la\u0308kare", CARE),
    ("en", "landlord’s", HOME),
    ("ar", "الايجار", HOME),
    ("ar", "المدرسه", SCHOOL),
    ("ar", "المَدْرَسَة", SCHOOL),
    ("ar", "المـــدرسة", SCHOOL),
    ("ar", "المرکز الصحی", CARE),
    ("ar", "1177", CARE),
    ("prs", "كرايه", HOME),
    ("prs", "۱۱۷۷", CARE),
    ("fa", "كودكان", SCHOOL),
    ("fa", "دانش آموزان", SCHOOL),
    ("fa", "1177", CARE),
    ("so", "go’aanka", SCHOOL),
    ("so", "goʼaan", SCHOOL),
    ("ti", "ትምሕርቲ", SCHOOL),
    ("ti", "ሀካይምን", CARE),
    ("ti", "ገዛ፡ምክራይ", HOME),
    ("ru", "медсестры", CARE),
    ("es", "medicos", CARE),
    ("es", "ninos", SCHOOL),
    ("fr", "ecole", SCHOOL),
    ("fr", "l'enseignant", SCHOOL),
    ("fr", "eleves", SCHOOL),
    ("uk", "обов'язок", HOME),
    ("uk", "обовʼязок", HOME),
]

#: What looks alike and is another word: nothing may be found.
OTHERS = [
    ("sv", "lakäre"),
    ("sv", "sköla"),
    ("en", "appointment"),
    ("ru", "карта"),
    ("uk", "карта"),
    ("es", "caños"),
    ("fr", "loi"),
    ("ar", "مريم"),
]


def number_of(language: str, subject: str) -> int:
    """The id of a page of the corpus."""
    return 1_000_000 + list(TEXTS).index(language) * 10 + SUBJECTS.index(subject)


def records() -> list[Record]:
    """The corpus as records."""
    return [
        Record(page_id=number_of(language, subject), language=language, type="article", title=title, body=body)
        for language, subjects in TEXTS.items()
        for subject, (title, body) in subjects.items()
    ]
