"""Addresses of wagtail-localize, and the page editor where it takes over."""

from __future__ import annotations

import io
from typing import Any

import polib

from tests.access.matrix.doors import Door, Values, names

_T = "translation_id=translation"
_STRINGS = "wagtail_localize_stringtranslation"


def po_file(values: Values) -> dict[str, Any]:
    """A file as wagtail-localize gives it out, with one text translated."""
    po = polib.POFile()
    po.metadata = {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "X-WagtailLocalize-TranslationID": values["translation_uuid"],
    }
    po.append(polib.POEntry(msgid=values["segment_text"], msgctxt=values["segment_context"], msgstr="annat"))
    file = io.BytesIO(str(po).encode())
    file.name = "x.po"
    return {"file": file}


def _door(name: str, args: str = _T, get: str = "", post: str = "", **more: Any) -> Door:
    return Door(f"wagtail_localize:{name}", names(args), get=get, post=post, axis="translations", **more)


_EDIT = names("page_id=joined")

LOCALIZE: tuple[Door, ...] = (
    Door("wagtailadmin_pages:edit", _EDIT, get="write", axis="translations", variant="joined"),
    Door(
        "wagtailadmin_pages:edit",
        _EDIT,
        post="publish",
        instead="write",
        axis="translations",
        body={"action": "publish"},
        writes="wagtailcore_page",
        variant="joined, publish",
    ),
    Door("wagtail_localize:javascript_catalog", get="anyone"),
    _door(
        "edit_string_translation",
        f"{_T} string_segment_id=segment",
        post="write",
        method="put",
        body={"value": "annat"},
        writes=_STRINGS,
    ),
    _door(
        "edit_string_translation",
        f"{_T} string_segment_id=segment",
        post="write",
        method="delete",
        writes=_STRINGS,
        variant="delete",
    ),
    _door(
        "edit_override",
        f"{_T} overridable_segment_id=override",
        post="write",
        method="put",
        body={"value": "annat"},
        writes="wagtail_localize_segmentoverride",
        done=(200, 201, 404),
    ),
    _door("download_pofile", get="export"),
    _door("upload_pofile", post="import", body=po_file, writes=_STRINGS),
    # No machine translator is set up: it answers that there is none.
    _door("machine_translate", post="write", done=(302, 404)),
    _door("preview_translation", get="write"),
    _door("preview_translation", f"{_T} mode='none", get="write", variant="mode", seen=(200, 302, 404)),
    _door("stop_translation", post="nobody"),
    _door("convert_to_alias", "page_id=joined", get="nobody", post="nobody"),
    Door(
        "wagtail_localize:submit_page_translation",
        names("page_id=fresh"),
        get="nobody",
        post="nobody",
        axis="pages",
        body={"locales": "{order_locale}"},
    ),
    Door(
        "wagtail_localize:submit_snippet_translation",
        names("app_label='pages model_name='publisher pk=publisher"),
        get="nobody",
        post="nobody",
        body={"locales": "{locale}"},
    ),
    _door(
        "update_translations",
        "translation_source_id=source",
        get="nobody",
        post="nobody",
        body={"publish_translations": "on"},
    ),
    Door("wagtail_localize:translations_report", get="nobody"),
    Door("wagtail_localize:translations_report_results", get="nobody"),
    Door("wagtail_localize:snippets_api_listing", names("app_label='pages model_name='publisher"), get="nobody"),
    Door(
        "wagtail_localize:snippets_api_detail",
        names("app_label='pages model_name='publisher pk=publisher"),
        get="nobody",
    ),
)
