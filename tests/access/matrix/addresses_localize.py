"""Addresses of wagtail-localize, which are shut, and the page editor of a translation, which leads to its room."""

from __future__ import annotations

import io
from typing import Any

import polib

from tests.access.matrix.doors import Door, Values, names

_T = "translation_id=translation"


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


def _shut(name: str, args: str = _T, method: str = "post", **more: Any) -> Door:
    more = {"axis": "translations"} | more
    return Door(f"wagtail_localize:{name}", names(args), get="nobody", post="nobody", method=method, **more)


_EDIT = names("page_id=joined")
_STRING, _OVERRIDE = f"{_T} string_segment_id=segment", f"{_T} overridable_segment_id=override"
_VALUE = {"value": "annat"}

LOCALIZE: tuple[Door, ...] = (
    Door("wagtailadmin_pages:edit", _EDIT, get="write", axis="translations", seen=(302,), variant="joined"),
    Door(
        "wagtailadmin_pages:edit",
        names("page_id=sent"),
        get="write",
        axis="translations",
        seen=(302,),
        variant="in review",
    ),
    *(
        Door(
            "wagtailadmin_pages:edit",
            _EDIT,
            post="nobody",
            axis="translations",
            body={"title": "annat", "slug": "annat"} | body,
            variant=f"joined, {variant}",
        )
        for variant, body in (
            ("save", {}),
            ("publish", {"action": "publish"}),
            ("publish, as Wagtail's form says it", {"action-publish": "1"}),
            ("submit", {"action-submit": "1"}),
        )
    ),
    Door("wagtail_localize:javascript_catalog", get="anyone"),
    _shut("edit_string_translation", _STRING, "put", body=_VALUE),
    _shut("edit_string_translation", _STRING, "delete", variant="delete"),
    _shut("edit_override", _OVERRIDE, "put", body=_VALUE),
    _shut("edit_override", _OVERRIDE, "delete", variant="delete"),
    _shut("download_pofile"),
    _shut("upload_pofile", body=po_file),
    _shut("machine_translate"),
    _shut("preview_translation"),
    _shut("preview_translation", f"{_T} mode='none", variant="mode"),
    _shut("stop_translation"),
    _shut("convert_to_alias", "page_id=joined"),
    _shut("submit_page_translation", "page_id=fresh", axis="pages", body={"locales": "{order_locale}"}),
    _shut(
        "submit_snippet_translation",
        "app_label='pages model_name='publisher pk=publisher",
        axis="site",
        body={"locales": "{locale}"},
    ),
    _shut("update_translations", "translation_source_id=source", body={"publish_translations": "on"}),
    _shut("translations_report", "", axis="site"),
    _shut("translations_report_results", "", axis="site"),
    _shut("snippets_api_listing", "app_label='pages model_name='publisher", axis="site"),
    _shut("snippets_api_detail", "app_label='pages model_name='publisher pk=publisher", axis="site"),
)
