"""Addresses of the files out and in, the memory, the glossary, and machine translation."""

from __future__ import annotations

import io
from typing import Any

from tests.access.matrix.doors import Body, Door, Values, names
from tests.access.matrix.site_translation import CONCEPT


def _file(name: str, text: str) -> Body:
    """A file to be sent in; read once, so made anew for each call."""

    def body(values: Values) -> dict[str, Any]:
        file = io.BytesIO(text.format_map(values).encode())
        file.name = name
        return {"file": file}

    return body


_EXCHANGE_ROWS = "id,language,target\n00000000-0000-4000-8000-000000000000#1-1,ar,annat\n"
_KINDS = ("xliff-1.2", "xliff-2.1", "po", "csv")


def _batch(name: str, batch: str, get: str, post: str, writes: str = "") -> Door:
    return Door(f"translation_exchange_{name}", {"batch_id": batch}, get=get, post=post, writes=writes, variant=batch)


_EXCHANGE = (
    Door("translation_exchange_index", get="export somewhere", post="nobody"),
    *(
        Door(
            "translation_exchange_record",
            names(f"record_id=record kind='{kind}"),
            get="export",
            axis="translations",
            variant=kind,
        )
        for kind in _KINDS
    ),
    Door(
        "translation_exchange_order",
        names("order_id=order language=language kind='csv"),
        get="export",
        axis="translations",
    ),
    Door(
        "translation_exchange_language",
        names("language=language kind='csv"),
        get="export in the language",
        axis="languages",
    ),
    Door(
        "translation_exchange_upload",
        get="nobody",
        post="import somewhere",
        body=_file("x.csv", _EXCHANGE_ROWS),
        writes="translation_exchange_importbatch",
        done=(302,),
    ),
    _batch("batch", "own_batch", "import somewhere", "nobody"),
    _batch("batch", "another_batch", "nobody", "nobody"),
    _batch("confirm", "own_batch", "nobody", "import somewhere", "translation_exchange_importbatch"),
    _batch("confirm", "another_batch", "nobody", "nobody"),
    _batch("undo", "own_batch", "nobody", "import somewhere"),
    _batch("undo", "another_batch", "nobody", "nobody"),
)

_TMX = (
    '<?xml version="1.0"?><tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="block" '
    'o-tmf="x" adminlang="en" srclang="sv" datatype="html"/><body><tu><tuv xml:lang="sv"><seg>Hej då.</seg></tuv>'
    '<tuv xml:lang="{language}"><seg>Annat.</seg></tuv></tu></body></tmx>'
)
_ENTRIES = "translation_memory_memoryentry"
_MEMORY = (
    Door("translation_memory_index", get="translate somewhere", post="nobody"),
    Door("translation_memory_index", get="translate somewhere", query="language=so", variant="a language"),
    Door("translation_memory_export", names("language=language"), get="export", post="nobody", axis="languages"),
    Door(
        # Its texts count as approved.
        "translation_memory_import",
        names("language=language"),
        get="publish",
        post="publish",
        axis="languages",
        body=_file("x.tmx", _TMX),
        writes=_ENTRIES,
        done=(302,),
    ),
    Door(
        "translation_memory_delete",
        names("pk=entry"),
        get="forget here or for the nation",
        post="forget here or for the nation",
        axis="translations",
        writes=_ENTRIES,
    ),
)

_WORDS = {
    "definition": "Något annat.",
    "source": CONCEPT.source,
    "source_url": CONCEPT.source_url,
    "status": "approved",
    "approved": "matris",
    "forbidden": "rutnät",
    "inflected": "",
}
_NATION = "publish for the nation"


def _glossary(name: str, args: str = "", get: str = "", post: str = "", **more: Any) -> Door:
    return Door(f"glossary_{name}", names(args), get=get, post=post, **more)


_GLOSSARY = (
    _glossary("index", get="anyone", post="anyone"),
    _glossary("concept", "key=concept", get="anyone", post="anyone"),
    _glossary("export", get="anyone", query="format=csv"),
    _glossary("export", get="anyone", query="format=tbx&language=ar", variant="tbx"),
    _glossary(
        "add",
        get="publish",
        post="publish",
        axis="nation in Swedish",
        body=_WORDS | {"key": "nytt-ord", "approved": "nytt ord"},
        writes="glossary_concept",
        done=(302,),
    ),
    _glossary(
        "edit",
        "key=concept",
        get="publish",
        post="publish",
        axis="nation in Swedish",
        body=_WORDS | {"shown": "{concept_shown}"},
        writes="glossary_concept",
        done=(302,),
    ),
    _glossary(
        "terms",
        "key=concept language=language",
        get="publish",
        post="publish",
        axis="languages",
        body={"approved": "كلمة", "forbidden": "", "inflected": "", "shown": "{terms_shown}"},
        writes="glossary_term",
        done=(302,),
    ),
    _glossary(
        "import",
        get=_NATION,
        post=_NATION,
        body=_file("x.csv", f"concept,ar\n{CONCEPT.key},كلمة\n"),
        writes="glossary_pendingimport",
        done=(302,),
    ),
    _glossary(
        "import_preview",
        "pk=own_pending",
        get=_NATION,
        post=_NATION,
        body={"digest": "{own_digest}"},
        writes="glossary_term",
        done=(302,),
        variant="her own",
    ),
    _glossary(
        "import_preview",
        "pk=another_pending",
        get="nobody",
        post="nobody",
        body={"digest": "{own_digest}"},
        variant="another's",
    ),
)

_JOBS = "see machine jobs"
_MACHINE = (
    # Without a provider for the language, who may is told so.
    Door("machine_start", names("record_id=record"), get="nobody", post="write", axis="translations", done=(302,)),
    Door("machine_start", names("record_id=sent_record"), post="write", axis="translations", variant="in review"),
    Door("machine_job", names("job_id=job"), get=_JOBS, axis="translations"),
    Door("machine_job_state", names("job_id=job"), get=_JOBS, axis="translations"),
    Door("machine_report", get=f"{_JOBS} somewhere"),
)

FILES_AND_WORDS: tuple[Door, ...] = (*_EXCHANGE, *_MEMORY, *_GLOSSARY, *_MACHINE)
