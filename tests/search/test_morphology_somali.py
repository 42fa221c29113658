"""Somali: forms of a word meet, other words do not."""

from __future__ import annotations

import pytest

from search.morphology.somali import stem
from search.normalise import base

TOGETHER = """
guri guriga gurigu gurigii gurigan gurigaas gurigayga gurigaaga gurigiisa gurigeenna gurigooda guryo guryaha guryeed
shaqo shaqada shaqadayda shaqadiisa shaqadan shaqooyin shaqooyinka shaqeeyaa shaqaynayaa shaqeynaya shaqaynta
walaal walaasha walaalka walaashay walaalkay walaashiis walaalo walaalaha
bil bisha bishii bilo bilaha bilood
meel meesha meeshan meelo meelaha meelood
dugsi dugsiga dugsigeeda dugsiyo dugsiyada
degmo degmada degmadee degmadaada degmadayada degmooyin degmooyinka
magaalo magaalada magaaladan magaaladayda magaalooyin
koorso koorsada koorsadayda koorsooyin koorsooyinka
warqad warqadda warqada warqaddaada warqado warqadaha warqadahaaga
luqad luqadda luqaddiisa luqado luqadood luqadeed
hay'ad hay'adda hay’adda hayada hay'ado hay'adaha hay'adna
ruqsad ruqsadda ruqsada ruqsaddayda ruqsado ruqsaddaadu
magac magaca magacaaga magaciisa magacyo magacyada
dabaq dabaqa dabaqayga dabaqiisa dabaqyo dabaqyada
xarun xarunta xaruntaada xarumo xarumaha
doon doonta doomo doomaha doomuhu
maalin maalinta maalmo maalmaha maalmood
xubin xubinta xubno xubnaha
gabadh gabadha gabadhayda gabdho gabdhaha
gacan gacanta gacmo gacmaha
arrin arrinta arrimo arrimaha arrimood
miis miiska miisas miisaska
saf safka safaf safafka
qol qolka qolkayga qolal qolalka
qoys qoyska qoyskayga qoysas qoysaska qoyskooda
nin ninka ninkeeda niman nimanka
mulkiile mulkiilaha mulkiiluhu mulkiilayaal mulkiilayaasha
macallin macalin macallinka macallinkayga macallimiin macallimiinta
muwaadin muwaadinka muwaadiniin muwaadiniinta
dhakhtar dhakhtarka dhakhaatiir dhakhaatiirta
kursi kursiga kuraas kuraasta
ilig iligga ilko ilkaha ilkihiisa
waalid waalidka waalidkay waalidkiis waalidiin waalidnimo
hooyo hooyada hooyaday hooyadeed hooyooyin
aabbe aabbaha aabbahay aabbihiis aabbayaal
ilmo ilmaha ilmuhu ilmihiisa ilmaheeda
go'aan goaan go`aanka go'aanno go'aannada go'aankaaga go'aamiyaa
su'aal su'aasha su'aalo su'aalaha
albaab albaabka albaabbo albaabbada
tikidh tikidhka tikidhkayga tikidhkee tikidhyo tikidhyada
heshiis heshiiska heshiiskayga heshiisyo heshiisyada
dowlad dawlad dowladda dowladdu dowladeed dawladeed
sannad sannadka sannado sano
raadi raadin raadinta raadiyo raadiso raadinayaa raadso raadsan raadsado raadsanayaa
codso codsi codsiga codsigayga codsiyada codsan codsado codsato codsanayaa codsanaysa codsaday codsasho
kiro kirada kireeyaa kirayso kiraysan kiraysato kiraysanayaa kiraynta kireysta kireystayaasha
baro baran barto baratay bartaan baranayaa barasho barashada
doorasho doorashada doorashooyin dooro dooran doortay doortaan
ilaali ilaalin ilaalinta ilaaliyo ilaaliso
caawi caawin caawimo caawimada caawiyaa caawisaa caawinaysaa
weydii weydiin weydiiso weydiinayaa weydiisato
turjumay turjumno turjumaan turjumaanka turjumaanno turjumaad turjumaadda
qor qoro qoray qortaa qori qoran qoris qorista qorayaa
hel helo helaa heli helaysaa heshay heshaa hesho heleen
wac wacay wici wicitaan wicitaanka
bilow bilowga bilaabo bilaabay bilaabi bilaabayaa
arag arko arki arkaysaa aragto
deggan dego degto degi degganaansho deganaanshaha degganayd degganaanayso
xanuun xanuunka xanuunkayga xanuunno xanuunsan xanuunsato
"""
APART = """
guri guur
guri geed
guur guurso
cod codso
dab dabaq
walaal walaac
bil biil
bil bilow
meel miis
saf safar
saf safiir
war warqad
waddo waddan
koob koobi
degmo deggan
sano samee
sharci shaqo
shaqo shaqaale
qoys qof
dalab dal
badda badan
jirka jirta
jirro jirta
dhalo dhalasho
heshiis hesho
waalid waajib
maal maalin
magac magaalo
gabow gabay
baro bariis
kaar kaarboon
kharash khariidad
tareen taraam
qareen qor
nin nimco
gudaha guddi
dhan dhaqan
xaq xuquuq
lacag lagu
turjumaan tirakoob
luqad lug
cunto cunug
dhakhtar dhakhso
xisbi xisaab
"""


def _stem(word: str) -> str:
    return stem(base(word, "so"))


@pytest.mark.parametrize("forms", TOGETHER.strip().splitlines())
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert {_stem(word) for word in forms.split()} == {_stem(forms.split()[0])}


@pytest.mark.parametrize("pair", APART.strip().splitlines())
def test_other_words_have_another(pair: str) -> None:
    one, other = pair.split()
    assert _stem(one) != _stem(other)


@pytest.mark.parametrize("word", ["ka", "waa", "af", "qof", "dal", "xaq", "il"])
def test_short_words_stay(word: str) -> None:
    assert stem(word) == word


def test_what_is_not_somali_stays() -> None:
    for word in ("folkbokföring", "114", "sfi2", "", "личность"):
        assert stem(word) == word


def test_a_stem_has_at_least_two_letters_and_is_no_longer_than_its_word() -> None:
    # A word that is itself irregular may get a longer one: isha is il, ark is arag.
    for word in f"{TOGETHER} {APART}".split():
        assert 2 <= len(_stem(word)) <= max(len(word), 6)
