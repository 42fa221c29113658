"""Russian, Ukrainian, Spanish and French: the forms of a word meet, and other words don't."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from search.morphology import russian, stem, ukrainian
from search.normalise import base, exact

TOGETHER = {
    "ru": """
        ребёнок ребенок ребёнка дети детей детям детьми
        человек люди людей людям
        год года лет годами
        квартира квартиры квартиру квартирой квартир
        жильё жилье жилья жильём
        врач врача врачи врачей врачом
        разрешение разрешения разрешений
        время времени времён
        мать матери матерей
        брат братья братьев
        друг друзья друзей
        ведомство ведомства ведомств
        арендодатель арендодателя арендодателями
        очередь очереди очередями
        пожилой пожилые пожилых пожилым
        взрослый взрослые взрослых
        личный личного личном личные
        снимать снимаю снимаете снимал
        искать ищу ищете ищут
        платить плачу платите платят
        учиться учусь учится учились
        обратиться обратитесь обратились
        бесплатный бесплатно бесплатная бесплатные
        жить живу живёт живете жили
        деньги денег деньгами
        муниципалитет муниципалитета муниципалитетом
        Швеция Швеции Швецию
        """,
    "uk": """
        дозвіл дозволу дозволи дозволом дозволів
        дитина діти дітей дітям дітьми
        школа школи школу шкіл школі
        людина люди людей людям
        рік року роки років
        дім дому домі домом
        обов'язок обов’язок обовʼязку обовязки обов'язків
        сім'я сім’ї сім'ю сімей сімя
        здоров'я здоров’ям здоровя
        ім'я імені імена
        об'єднання об’єднань обєднанням
        комп'ютер компютером комп’ютери
        ґрунт грунт ґрунту
        лікар лікаря лікарі лікарів
        лікарня лікарні лікарень
        учитель вчитель вчителі учителем
        притулок притулку притулком
        квиток квитка квитків
        пором порому поромом поромів
        житло житла житлом
        мати матір матері
        вибори виборах виборами
        гроші грошей грішми
        шукати шукаю шукаєте шукали
        просити прошу просять просила
        навчатися навчаюся навчався
        безкоштовний безкоштовно безкоштовна безкоштовні
        батьки батьків батькам
        Гельсінгборг Гельсінгборга Гельсінгборзі
        Готланд Готланда Готланді
        """,
    "es": """
        alquiler alquileres
        médico medico médicos médica
        mujer mujeres
        ciudad ciudades
        enfermedad enfermedades
        lugar lugares
        voz voces
        vez veces
        piso pisos
        casa casas
        mes meses
        niño niños niña niñas
        hijo hijos hija
        país países paises
        decisión decisiones decision
        inscripción inscripciones inscripcion
        inscribir inscribirse inscribirte inscríbete
        mudarse mudarte mudo mudado
        empadronarse empadronado empadronamiento
        encontrar encuentro encuentra encuentran
        empezar empiezo empieza
        pedir pido piden
        tener tengo tiene tienen
        poder puedo puede pueden
        dormir duermo duermen
        buscar busco busque
        inglés ingleses inglesa
        interés intereses
        policía policia policías
        trámite trámites tramite
        intérprete intérpretes interprete
        hospital hospitales
        """,
    "fr": """
        loyer loyers
        loi lois
        travail travaux travailler
        journal journaux
        hôpital hôpitaux hopital
        lieu lieux
        œil yeux
        nouveau nouvel nouvelle nouveaux nouvelles
        vieux vieille vieilles
        numéro numéros numero
        premier première premiers premieres
        étranger étrangère étrangers etrangere
        infirmier infirmière infirmières
        traducteur traductrice traducteurs
        réfugié réfugiée réfugiés refugie
        arrivée arriver arrivé arrivees
        identité identite
        autorité autorités autorite
        médecin médecins medecin
        marié mariée marier mariés
        étudier étudié étudie
        payer paye paie payé
        employer emploie emploi emplois
        inscrire inscrit inscrite inscrivez
        écrire écrit écrivez
        déménager déménagement déménagé
        social sociale sociaux
        public publique publics
        enfant enfants
        école écoles ecole
        citoyen citoyenne citoyens
        """,
}
APART = {
    "ru": "врач/вред право/справка семья/семя жильё/жилет язык/язычник банк/банкет дом/домино голос/голод карта/картина"
    " убежище/убежать работа/робот приём/приёмник день/деньги школа/шкала",
    "uk": "школа/шкода лікар/лікер мова/мовчання сім'я/сімнадцять робота/робот пором/порох лист/листопад житло/жилет"
    " карта/картина дім/домовина вибори/вибоїна голос/голод право/праворуч місто/місце",
    "es": "casa/caso mes/mesa piso/pisar puerta/puerto carta/cartel cuenta/cuento comunidad/común pensión/pensamiento"
    " ley/leyenda médico/medida parte/partido niño/nino banco/banca hora/horno",
    "fr": "loyer/loi loyer/loyal foyer/foi parlement/parler petit/pétition commune/commun attente/attention"
    " direction/directive médecin/médaille banque/banquet mari/mars cours/court délai/délit pays/payer",
}


def _of(language: str, word: str) -> str:
    return exact(stem(base(word, language), language), language)


@pytest.mark.parametrize(
    ("language", "forms"),
    [(code, line.split()) for code, lines in TOGETHER.items() for line in lines.strip().splitlines()],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
def test_forms_of_a_word_have_one_stem(language: str, forms: list[str]) -> None:
    assert {_of(language, form) for form in forms} == {_of(language, forms[0])}


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [(code, *pair.split("/")) for code, pairs in APART.items() for pair in pairs.split()],
)
def test_other_words_have_another(language: str, one: str, other: str) -> None:
    assert _of(language, one) != _of(language, other)


def test_the_lists_are_long_enough() -> None:
    assert {code for code, lines in TOGETHER.items() if len(lines.strip().splitlines()) >= 20} == set(TOGETHER)
    assert {code for code, pairs in APART.items() if len(pairs.split()) >= 10} == set(APART)


@pytest.mark.parametrize("language", ["ru", "uk", "es", "fr"])
@pytest.mark.parametrize("word", ["", "1177", "x", "folkbokföring", "я", "ъ", "مدرسة", "ሰላም", "а" * 64, "'"])
def test_any_word_has_a_stem_that_stays(language: str, word: str) -> None:
    found = stem(base(word, language), language)
    assert "'" not in found
    assert bool(found) == bool(base(word, language))


def test_words_that_the_dictionary_lacks_lose_their_ending() -> None:
    assert ukrainian.stem("нюнесгамном") == "нюнесгамн"
    assert russian.stem("геталанде") == "геталанд"


def test_a_lemma_is_written_as_base_writes() -> None:
    assert ukrainian.stem("обовязки") == "обовязок"
    assert ukrainian.stem("грунту") == "грунт"
    assert russian.stem("детей") == "ребенок"


def test_threads_get_the_same_stems() -> None:
    words = [base(word, "uk") for line in TOGETHER["uk"].split() for word in line.split()]
    alone = [ukrainian.stem(word) for word in words]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ukrainian.stem, words * 5)) == alone * 5
