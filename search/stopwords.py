"""Words that say nothing of what is looked for. Our own choice, kept short.

They are left out of queries only ("hur hittar jag en bostad" asks for hittar and bostad), never out
of what is indexed, and not where nothing else is asked. Written as ``normalise.exact`` gives them.
"""

from __future__ import annotations

_TEXTS = {
    "sv": "i på att och en ett den det de som för med av till är var vad vem hur när jag du vi ni man kan ska"
    " skall får om från har mig min mitt mina sig inte eller hos måste vill",
    "en": "the a an of to in on for and or is are be do does how what when where who i you we my me it at by"
    " with can should must not from have get s t",
    "ar": "في من على إلى الى عن ما هو هي هل كيف متى أين اين انا أو او و مع هذا هذه التي الذي لا ان أن يمكنني كم"
    " لماذا ماذا عند بعد قبل ثم كل أي لي لك له لها هناك هنا يجب أريد أحتاج حتى إذا كان يكون نحن هم ليس لدي"
    " قد لم لن إن ذلك تلك الذين يمكن أستطيع وما وهل وكيف شو وين ليش",
    "prs": "در از به با برای را و یا که این آن چه چگونه کجا من ما است هست می ها های کی چطور تا هم نه اگر آیا چرا"
    " چیست کیست کدام چند چقدر هر باید توانم توانید خواهم خواهید دارم دارد دارید کنم کنید کند کردن شود شدن"
    " بود باشد هستم هستند نیست خود خودم شما او آنها اینجا آنجا یک نمی بعد قبل پس چون ولی اما وقتی درباره"
    " باره ای ام ات اش ایم اید اند یی هایی هایم هایت هایش مان تان شان تر ترین نی بلی چی بالای",
    "fa": "در از به با برای را و یا که این آن چه چگونه کجا من ما است هست می ها های کی چطور تا هم نه اگر آیا چرا"
    " چیست کیست کدام چند چقدر هر باید توانم توانید خواهم خواهید دارم دارد دارید کنم کنید کند کردن شود شدن"
    " بود باشد هستم هستند نیست خود خودم شما او آنها اینجا آنجا یک نمی بعد قبل پس چون ولی اما وقتی درباره"
    " باره ای ام ات اش ایم اید اند یی هایی هایم هایت هایش مان تان شان تر ترین",
    "so": "ka ku u oo iyo ama waa in si sida sidee sidan maxaa maxay ayaa ayaan ayay ayuu aan aad ay uu baa bay"
    " buu ee waxa waxaa waxaan waxaad waxay wuxuu waxuu waan waad way wuu la loo lagu laga lala ugu uga"
    " ula soo ah ahay tahay yahay yihiin inaan inaad inay inuu ma miyaa xagee halkee goorma imisa yaa"
    " haddii marka kasta",
    "ti": "እዩ እያ እዮም እየን እየ ኢኻ ኢኺ ኢኹም ኢና ድዩ ድያ ድየ ዲኻ ዲኺ ዲኹም ዶ ኣሎ ኣላ ኣለዉ ኣለኒ ኣለካ ኣለኪ ኣለኩም ኣለዎ ኣለና ዘሎ ዘላ ዘለዉ ዘለኒ"
    " ዘለኩም ከሎ ከለኹ ከለኹም ኣብ ናብ ካብ ናይ ምስ ስለ ብዛዕባ ከም ድሕሪ ቅድሚ ክሳብ ብዘይ እቲ እታ እቶም እዚ እዛ ነቲ ነታ ነዚ ኣብቲ ኣብታ ኣብዚ ናብቲ"
    " ናብዚ ካብቲ ካብዚ በቲ በዚ ናይቲ እንታይ መን ንመን ከመይ ብኸመይ መዓስ ኣበይ ናበይ ካበይ ኣየናይ ክንደይ ስለምንታይ ንምንታይ ኣነ ንስኻ ንስኺ ንሱ ንሳ"
    " ንሕና ንስኹም ወይ ድማ ግን እውን እንተ እኽእል ትኽእል ይኽእል ትኽእሉ ክኽእል የድልየኒ የድልየካ የድልየኩም ን ብ",
    "ru": "в на и или с к из у о от до для что как где когда кто я мы мне не ли это по за мой моя моё мои меня"
    " нужно надо можно какой какая какие сколько если чтобы есть быть при а но вы ваш куда",
    "es": "el la los las un una de del en y o a que como donde cuando quien por para con se mi me es no mis tu"
    " su sus al lo qué cómo dónde cuándo más hay estoy está ser puedo quiero necesito tengo he si sobre",
    "fr": "le la les un une de des du et ou a au aux en que qui quoi comment quand pour par avec je me mon ma"
    " mes l d j n s c qu est ne pas dans sur suis ai sont avoir être votre vos puis peux dois faut y ce"
    " ces cette se si chez vers où combien quel quelle faire",
    "uk": "в у на і й та або з із до для що як де коли хто я ми мені не чи це по за від про мій моя моє мої"
    " мене треба потрібно можна який яка яке які скільки якщо щоб є бути а але ви ваш куди зі зо",
}


def _words(language: str) -> frozenset[str]:
    from search.normalise import base, exact, words

    return frozenset(exact(base(word.text, language), language) for word in words(_TEXTS[language], language))


STOPWORDS: dict[str, frozenset[str]] = {language: _words(language) for language in _TEXTS}


def is_stopword(word: str, language: str) -> bool:
    """Whether ``word`` (exact) says nothing in this language; a language without a list has none."""
    return word in STOPWORDS.get(language, frozenset())
