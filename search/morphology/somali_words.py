"""Somali words that the rules of ``search.morphology.somali`` alone would get wrong."""

from __future__ import annotations

#: A stem and forms of it that no rule leads to it, or that a rule would part from it or join with another word.
IRREGULAR = {
    "af": "afaf afka afku afkii afkan afkaaga afkayga afkiisa afkeeda afkooda afafka",
    "arday": "ardo ardayad ardaydii",
    "aqoon": "",
    "badan": "badanaa badani badanka badankood badankeed badnaa badanyahay",
    "buug": "buugaag",
    "carruur": "caruur",
    "da": "dada dadu dadayda dadaada dadiisa",
    "daawo": "dawo",
    "degmo": "",
    "deegaan": "",
    "dhakhtar": "dhakhaatiir dhakhtarad",
    "dhalo": "",
    "dhallin": "dhallinyaro dhalinyaro",
    "dhaqan": "",
    "dimuqraadi": "dimuqraadiyad",
    "gacan": "gacn",
    "gaari": "gaadhi gawaari gawaarida",
    "guddi": "guddiyo",
    "hadda": "",
    "halkaas": "",
    "halkan": "",
    "il": "isha indho ishayda ishaada",
    "ilig": "ilko ilkaha ilkahayga ilkahaaga",
    "imow": "imaado imaan imaansho iman imanaya imanayaa imanayo imid timid yimid timaada timaado yimaada yimaado"
    " yimaadaan yimaadeen",
    "jira": "jiraa jirta jirtaa jirto jiro jiri jirin jirtay jireen jirno jiraan jirtaan",
    "jirro": "jirran jirrooyin",
    "kitaab": "kutub",
    "koobi": "koobiyo",
    "kursi": "kuraas",
    "maanta": "",
    "macmiil": "macaamiil",
    "nin": "niman",
    "qoryo": "",
    "samo": "",
    "sannad": "sano sanno",
    "siddeed": "",
    "waddan": "wadan wadamo waddamo",
    "weydii": "weydiin",
}
_WHOLE = """
amiin baasiin boolis dariis deris habeen haween jadiid kharash maalin masjid miskiin nadiif qalin qareen sabab saliid
tareen waalid xafiis xubin
"""
_FOR_ONESELF = "cods raads qaad guurs kireys heys sug dalb iibs isticmaals xanuuns weydiis"
_IN_AD = """
calaamad caddaalad cibaadad daaqad dacwad daqiiqad dimuqraadiyad diyaarad dowlad fikrad fursad hadiyad heyad irbad
jaamacad kubad Kidmad luqad macalimad maktabad maxkamad maKaayad qaaciidad ruqsad rugsad saacad safaarad siyaasad
Sirkad warqad wasaarad xaafad xaalad xirfad
"""

#: Words, without determiner, that look as if they had an ending.
WHOLE = tuple(_WHOLE.split())
#: Roots of three letters that have -an of a state (qoran, written) and -aan; not like waddan, dukaan. As the sounds
#: of ``somali``: D, S, K for dh, sh, kh; ey and ow for ay and aw. So are all that follow.
ROOTS = frozenset({"qor", "fur", "xir", "Dig", "bar", "deg", "gal", "dir", "hel", "cun", "sug", "tag", "qab"})
#: Verbs that have -ado as codso has codsado; not like warqado.
FOR_ONESELF = tuple(_FOR_ONESELF.split())
#: Nouns in -ad.
IN_AD = tuple(_IN_AD.split())
#: What a stem becomes where the root itself changes, or keeps what is an ending in other words.
ROOT = {
    "adk": "adag",
    "ark": "arag",
    "bilaab": "bilow",
    "bilaabn": "bilow",
    "Dimn": "Din",
    "fiicn": "fiic",
    "gabob": "gabow",
    "gabowd": "gabow",
    "gel": "gal",
    "qaat": "qaad",
    "qorn": "qor",
    "raads": "raad",
    "teg": "tag",
    "weyd": "weydii",
    "wic": "wac",
    "xanuuns": "xanuun",
}
