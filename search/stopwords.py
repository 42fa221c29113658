"""Words that say nothing of what is looked for. Our own choice, kept short.

They are left out of queries only ("hur hittar jag en bostad" asks for hittar and bostad), never out
of what is indexed, and not where nothing else is asked. Written as ``normalise.exact`` gives them.
"""

from __future__ import annotations

_TEXTS = {
    "sv": "i på att och en ett den det de som för med av till är var vad vem hur när jag du vi ni man kan ska skall får"
    " om från har mig min mitt mina sig inte eller hos måste vill",
    "en": "the a an of to in on for and or is are be do does how what when where who i you we my me it at by with can"
    " should must not from have get s t",
    "ar": "في من على إلى الى عن ما هو هي هل كيف متى أين اين انا أو او و مع هذا هذه التي الذي لا ان أن يمكنني",
    "prs": "در از به با برای را و یا که این آن چه چگونه کجا من ما است هست می ها های کی چطور",
    "fa": "در از به با برای را و یا که این آن چه چگونه کجا من ما است هست می ها های کی چطور",
    "so": "ka ku u oo iyo ama waa in si sida sidee maxaa ayaa aan waxa waxaan la soo ah",
    "ti": "እዩ ኣብ ናብ ካብ ናይ እንታይ ከመይ መዓስ ኣበይ ን ብ እንተ ወይ ድማ ምስ ኣነ",
    "ru": "в на и или с к из у о от до для что как где когда кто я мы мне не ли это по за",
    "es": "el la los las un una de del en y o a que como donde cuando quien por para con se mi me es no",
    "fr": "le la les un une de des du et ou a au aux en que qui quoi comment ou quand pour par avec je me mon ma mes"
    " l d j n s c qu est ne pas dans sur",
    "uk": "в у на і й та або з із до для що як де коли хто я ми мені не чи це по за від про",
}


def _words(language: str) -> frozenset[str]:
    from search.normalise import base, exact, words

    return frozenset(exact(base(word.text, language), language) for word in words(_TEXTS[language], language))


STOPWORDS: dict[str, frozenset[str]] = {language: _words(language) for language in _TEXTS}


def is_stopword(word: str, language: str) -> bool:
    """Whether ``word`` (exact) says nothing in this language; a language without a list has none."""
    return word in STOPWORDS.get(language, frozenset())
