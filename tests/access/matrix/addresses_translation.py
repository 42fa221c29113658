"""Addresses of the translators' screens: queue, orders, review, held publications, the room, the coverage."""

from __future__ import annotations

from typing import Any

from tests.access.matrix.doors import Axis, Body, Door, names

_ORDER = {"languages": ["ar"], "priority": "2", "token": "matrix"}
_PAGE = "wagtailcore_page"


def _swedish(name: str, args: str, verb: str, **more: Any) -> Door:
    return Door(name, names(args), axis="swedish", post=verb, **more)


def _record(name: str, get: str = "nobody", post: str = "nobody", args: str = "", **more: Any) -> Door:
    return Door(
        f"translation_{name}",
        names(f"record_id=record {args}") | more.pop("instead_of", {}),
        get=get,
        post=post,
        axis="translations",
        **more,
    )


def _sent(name: str, verb: str, get: str = "", **more: Any) -> Door:
    """The translation that is in review."""
    return _record(name, get, verb, instead_of={"record_id": "sent_record"}, **more)


#: Who lets a held publication go: who publishes its Swedish page; a translation shares its key and is no way to it.
_HOLDERS: tuple[tuple[Axis, str], ...] = (("swedish", "publish"), ("translations", "nobody"))

_SCREENS = (
    Door("overview", get="anyone", listing=True),
    Door("coverage_csv", get="anyone"),
    Door("translation_queue", get="anyone", post="anyone"),
    Door("translation_order", get="order", axis="swedish", query="page={joined}"),
    Door("translation_order", get="order", axis="swedish", query="page={top}&below=1", variant="below"),
    Door("translation_order", get="nobody", axis="translations", query="page={joined}", variant="a translation"),
    _swedish(
        "translation_order", "", "order", query="page={fresh}", body=_ORDER, writes="translation_orderitem", done=(302,)
    ),
    _swedish("translation_order", "", "nobody", query="page={draft}", body=_ORDER, variant="not published"),
    Door("translation_orders", get="order somewhere", post="order somewhere"),
    _swedish(
        "translation_order_detail",
        "order_id=order",
        "order",
        get="order",
        body={"item": "{item}"},
        writes="translation_orderitem",
    ),
    _swedish(
        "translation_hold",
        "page_id=live",
        "publish",
        get="publish",
        body={"languages": ["ar"]},
        writes="translation_hold",
        done=(302,),
    ),
    *(
        Door(
            "translation_hold",
            names("page_id=held"),
            get=verb,
            post=verb,
            axis=axis,
            body={"decision": decision},
            writes=table,
            variant=f"{decision}, {axis}",
        )
        for axis, verb in _HOLDERS
        for decision, table in (("release", _PAGE), ("give-up", "translation_hold"))
    ),
    _record("send", post="send", writes="wagtailcore_workflowstate", done=(302,)),
    _record("publish", post="publish", writes=_PAGE, done=(302,)),
    _record("publish", "", "publish", body={"as_machine": "1"}, writes=_PAGE, done=(302,), variant="as a machine's"),
    _sent("send", "nobody", variant="in review", done=(302,)),
    _sent("review", "moderate", "moderate", body={"decision": "approve"}, writes=_PAGE, done=(302,)),
    _sent(
        "review",
        "moderate",
        body={"decision": "send-back", "comment": "Mer."},
        writes="wagtailcore_taskstate",
        done=(302,),
        variant="send back",
    ),
)

_TEXTS = "wagtail_localize_stringtranslation"
_UNIT = "context=context string=string"


def _text(body: dict[str, Any]) -> Body:
    """The one text that is saved; nested, so that its words are filled in here."""
    return lambda values: {"texts": [{key: text.format_map(values) for key, text in body.items()}]}


def _asked(name: str, body: Body, writes: str = "", args: str = _UNIT, **more: Any) -> Door:
    """What the room's script sends."""
    return _record(f"room_{name}", "nobody", "write", args, body=body, writes=writes, json=True, **more)


_SAVE = {"unit": "{unit}", "coded": "annat", "expected": "{expected}"}
_ROOM = (
    _record("room", "write"),
    _record("room", "write", "", query="look=so", variant="beside another language"),
    _sent("room", "nobody", "write", variant="in review"),
    _record("room_preview", "write"),
    _record("room_unit", "write", args=_UNIT),
    _record("room_history", "write", args=_UNIT),
    _record("room_identical", "write", args=_UNIT),
    _asked("save", _text(_SAVE), _TEXTS, ""),
    Door(
        "translation_room_save",
        names("record_id=sent_record"),
        post="moderate",
        axis="translations",
        body=_text({"unit": "{sent_unit}", "coded": "annat", "expected": "{sent_text}"}),
        writes=_TEXTS,
        json=True,
        variant="in review",
    ),
    _asked("presence", {"unit": "{unit}"}, "", ""),
    _asked("check", {"coded": "annat"}),
    _asked("restore", lambda values: {"version": values["version"], "expected": values["expected"]}, _TEXTS),
    _asked("propagate", lambda values: {"targets": [[values["record"], values["unit"]]]}),
    _asked("comment", {"text": "Så?", "mentions": []}, "translation_room_segmentcomment"),
    # No warning of this name is open: who may is told so.
    _asked("dismiss", {"coded": "annat", "key": "x", "reason": "Rätt."}, done=(200, 422)),
    _asked("resolve", {"resolved": True}, "translation_room_segmentcomment", "comment_id=comment"),
    _asked("undismiss", {"coded": ""}, "translation_room_dismissal", "dismissal_id=dismissal"),
    _asked("address", {"value": "https://example.org/ny"}, "wagtail_localize_segmentoverride", "address_id=address"),
)

SCREENS: tuple[Door, ...] = (*_SCREENS, *_ROOM)
