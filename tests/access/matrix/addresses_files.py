"""Addresses of pictures and documents."""

from __future__ import annotations

import io
import itertools
from typing import Any

from tests.access.matrix.doors import Door, Values, names
from tests.access.matrix.site import PIXEL

_NUMBER = itertools.count(1)


def _file(name: str) -> io.BytesIO:
    # No two alike: Wagtail asks before it takes the same picture twice.
    file = io.BytesIO(PIXEL + str(next(_NUMBER)).encode())
    file.name = name
    return file


def _upload(field: str, name: str, prefix: str = "") -> Any:
    def body(values: Values) -> dict[str, Any]:
        return {
            field: _file(name),
            f"{prefix}title": "Ny",
            f"{prefix}collection": values["collection"],
            f"{prefix}tags": "",
        }

    return body


def _about(prefix: str = "") -> dict[str, Any]:
    focal = {f"{prefix}focal_point_{name}": "" for name in ("x", "y", "width", "height")}
    return focal | {f"{prefix}title": "Ändrad", f"{prefix}collection": "{collection}", f"{prefix}tags": ""}


def _from_upload(prefix: str, upload: str) -> Any:
    def body(values: Values) -> dict[str, Any]:
        start = f"{prefix}-{values[upload]}-"
        return {f"{start}title": "Ny", f"{start}collection": values["collection"], f"{start}tags": ""}

    return body


def _multiple(prefix: str, thing: str) -> Any:
    def body(values: Values) -> dict[str, Any]:
        start = f"{prefix}-{values[thing]}-"
        return {name: text.format_map(values) for name, text in _about(start).items()}

    return body


def _kind(app: str, thing: str, table: str, key: str, name: str) -> tuple[Door, ...]:
    """The addresses that pictures and documents share."""

    def at(address: str, args: str = "", get: str = "", post: str = "", **more: Any) -> Door:
        return Door(f"{app}{address}", names(args), get=get, post=post, axis=more.pop("axis", "places"), **more)

    edit, many = (f"{thing}_id={thing}", f"{key}={thing}")
    return (
        at(":index", get="use files somewhere", axis="site", listing=True),
        at(":index", get="use files", query="collection_id={collection}", listing=True, variant="of a collection"),
        at(":index_results", get="use files somewhere", axis="site", listing=True),
        at(":add", get="add files somewhere", axis="site"),
        at(
            ":add",
            post="add files",
            instead="add files somewhere",
            body=_upload("file", name),
            writes=table,
            listing=True,
        ),
        at(":edit", edit, get="edit files", post="edit files", body=_about(), writes=table),
        at(":delete", edit, get="edit files", post="edit files", writes=table),
        at(f":{thing}_usage", edit, get="edit files"),
        at(":add_multiple", get="add files somewhere", axis="site"),
        at(
            ":add_multiple",
            post="add files",
            instead="add files somewhere",
            body=_upload("files[]", name),
            writes=table,
            listing=True,
        ),
        at(
            ":edit_multiple",
            many,
            post="edit files",
            body=_multiple("image" if thing == "image" else "doc", thing),
            writes=table,
        ),
        at(":delete_multiple", many, post="edit files", writes=table),
        # Another's upload; her own is covered by «add».
        at(
            f":create_multiple_from_uploaded_{thing}",
            f"uploaded_file_id={thing}_upload",
            post="nobody",
            body=_from_upload(f"uploaded-{thing}", f"{thing}_upload"),
        ),
        at(":delete_upload_multiple", f"uploaded_file_id={thing}_upload", post="nobody", axis="site"),
        at("_chooser:choose", get="use files somewhere", axis="site", listing=True),
        at("_chooser:choose_results", get="use files somewhere", axis="site", listing=True),
        at(
            "_chooser:choose_results",
            get="use files",
            query="collection_id={collection}",
            listing=True,
            variant="of a collection",
        ),
        at("_chooser:chosen", f"pk={thing}", get="use files"),
        at("_chooser:chosen_multiple", get="use files", query=f"id={{{thing}}}"),
        at("_chooser:create", get="add files somewhere", axis="site"),
        at(
            "_chooser:create",
            post="add files",
            instead="add files somewhere",
            body=_upload(f"{thing}-chooser-upload-file", name, f"{thing}-chooser-upload-"),
            writes=table,
            listing=True,
        ),
        *(
            Door(
                "wagtail_bulk_action",
                names(f"app_label='{app} model_name='{thing} action='{action}"),
                get="edit files",
                post="edit files",
                axis="places",
                query=f"id={{{thing}}}",
                body=body,
                writes=written,
                variant=f"{action} {thing}",
                soft=True,
            )
            for action, body, written in (
                ("delete", {}, table),
                ("add_tags", {"tags": "ny"}, "taggit_taggeditem"),
                ("add_to_collection", {"collection": "{collection}"}, table),
            )
        ),
        *(
            Door(f"wagtailadmin_api:{thing}s:{view}", args, get="nobody", axis="places", query=query)
            for view, args, query in (
                ("listing", {}, ""),
                ("detail", {"pk": thing}, ""),
                ("find", {}, f"id={{{thing}}}"),
            )
        ),
    )


_IMAGE = names("image_id=image")

FILES: tuple[Door, ...] = (
    *_kind("wagtailimages", "image", "wagtailimages_image", "image_id", "x.gif"),
    *_kind("wagtaildocs", "document", "wagtaildocs_document", "doc_id", "x.txt"),
    Door("wagtailimages:url_generator", _IMAGE, get="edit files", axis="places", seen=(200, 302)),
    Door("wagtailimages:url_generator_output", _IMAGE, get="edit files", axis="places", seen=(200, 302, 400)),
    Door(
        "wagtailimages:preview",
        _IMAGE | {"filter_spec": "'width-100"},
        get="edit files",
        axis="places",
        seen=(200, 302, 400),
    ),
    Door(
        "wagtailimages_chooser:select_format",
        _IMAGE,
        get="use files",
        post="use files",
        axis="places",
        body={"image-chooser-insertion-format": "left", "image-chooser-insertion-alt_text": "x"},
    ),
    Door("wagtailadmin_tag_autocomplete", get="use files somewhere", query="term=a", listing=True),
    Door(
        "wagtailadmin_tag_model_autocomplete",
        names("app_name='taggit model_name='tag"),
        get="use files somewhere",
        query="term=a",
        listing=True,
    ),
)
