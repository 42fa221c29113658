"""What the room's page asks and tells while somebody works in it; JSON both ways.

Every answer to a refusal has a ``reason`` for people: 400 what was sent is no such request, 403 not
hers, 409 somebody else was faster, 410 not there any more (a 404 is led on to the public site's
addresses), 422 the text can't be, 423 nothing may be written now.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from pydantic import BaseModel, Field
from pydantic import ValidationError as NotSuchARequest

from cms.access.naming import name_of
from cms.access.policy import Denied
from cms.translation.localize import Unit, units_of, write_address
from cms.translation.markup import tags_of, to_coded
from cms.translation.memory.service import identical as identical_units
from cms.translation.models import Origin, TextVersion, TranslationRecord
from cms.translation.room import aids, discussion
from cms.translation.room.access import may_enter, standing_of
from cms.translation.room.differences import best_earlier
from cms.translation.room.models import Dismissal, SegmentComment
from cms.translation.room.page import standing_of_text
from cms.translation.room.presence import be_present
from cms.translation.work import NewText, Refused, save_texts

#: Characters of a text; the longest real one has a few thousand.
_LONGEST = 20_000

Answer = dict[str, Any]


class NewTextIn(BaseModel):
    unit: str = Field(max_length=40)
    coded: str = Field(max_length=_LONGEST)
    expected: str = Field(max_length=2 * _LONGEST)
    origin: Literal["typed", "memory", "source"] = "typed"


class SaveIn(BaseModel):
    texts: list[NewTextIn] = Field(min_length=1, max_length=500)


class CheckIn(BaseModel):
    coded: str = Field(max_length=_LONGEST)


class RestoreIn(BaseModel):
    version: int
    expected: str = Field(max_length=2 * _LONGEST)


class PropagateIn(BaseModel):
    targets: list[tuple[int, str]] = Field(min_length=1, max_length=500)


class CommentIn(BaseModel):
    text: str = Field(max_length=2000)
    mentions: list[int] = Field(default=[], max_length=50)


class ResolveIn(BaseModel):
    resolved: bool


class DismissIn(BaseModel):
    coded: str = Field(max_length=_LONGEST)
    key: str = Field(max_length=200)
    reason: str = Field(max_length=300)


class PresenceIn(BaseModel):
    unit: str = Field(max_length=40, default="")


class AddressIn(BaseModel):
    value: str = Field(max_length=2000)


class Nothing(BaseModel):
    """A question that has nothing in it but its address."""


def _refusal(status: int, reason: str, **more: Any) -> JsonResponse:
    return JsonResponse({"reason": reason, **more}, status=status)


def _endpoint(body: type[BaseModel] = Nothing, *, writes: bool = False) -> Callable[[Callable[..., Any]], Any]:
    """A GET without a ``body``, a POST with one; the policy is asked again, and ``writes`` whether the texts
    may be written now."""

    def decorate(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, record_id: int, **kwargs: Any) -> HttpResponse:
            method = "GET" if body is Nothing else "POST"
            if request.method != method:
                return HttpResponseNotAllowed([method])
            record = get_object_or_404(TranslationRecord.objects.select_related("source__page", "page"), pk=record_id)
            decision = may_enter(request.user, record)
            if isinstance(decision, Denied):
                return _refusal(403, decision.reason)
            if writes and not (standing := standing_of(request.user, record)).writes:
                return _refusal(423, standing.why_not)
            try:
                sent = body.model_validate(json.loads(request.body) if body is not Nothing else {})
            except (NotSuchARequest, ValueError):
                return _refusal(400, _("The site did not understand this. Load the page again."))
            try:
                result = view(request, record, sent, **kwargs)
            except ValidationError as error:
                return _refusal(422, " ".join(error.messages))
            except Http404:
                return _refusal(410, _("This is not there any more. Load the page again."))
            return result if isinstance(result, HttpResponse) else JsonResponse(result)

        return answer

    return decorate


def _unit(record: TranslationRecord, context: int, string: int, *, earlier: bool = False) -> Unit:
    for unit in units_of(record.source_id, record.language, earlier=earlier):
        if unit.id == f"{context}-{string}":
            return unit
    raise Http404


def _when(moment: Any) -> str:
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT") if moment else ""


def _as_data(unit: Unit) -> Answer:
    """The working text of a unit; ``expected`` is what the next save must find there."""
    return {
        "unit": unit.id,
        "coded": to_coded(unit.text or "", tags_of(unit.source)),
        "expected": unit.text or "",
        "by": name_of(unit.user),
        "when": _when(unit.changed_at),
    }


@_endpoint(SaveIn, writes=True)
def save(request: HttpRequest, record: TranslationRecord, sent: SaveIn) -> Answer | HttpResponse:
    """Write texts. Those that could be written are, and the answer names the others."""
    refused = save_texts(
        record,
        [NewText(text.unit, text.coded, Origin(text.origin), text.expected) for text in sent.texts],
        request.user,
    )
    return _saved(record, [text.unit for text in sent.texts], refused)


def _saved(record: TranslationRecord, wanted: list[str], refused: list[Refused]) -> Answer | HttpResponse:
    record.refresh_from_db()
    failed = {one.unit for one in refused}
    units = {unit.id: unit for unit in units_of(record.source_id, record.language, earlier=True)}
    answer: Answer = {
        "saved": [
            _as_data(units[unit]) | {"standing": _standing(units[unit])}
            for unit in wanted
            if unit in units and unit not in failed
        ],
        "refused": [
            {"unit": one.unit, "code": one.code, "reason": one.reason}
            | ({"theirs": _as_data(one.current)} if one.current else {})
            for one in refused
        ],
        "untranslated": record.untranslated,
        "words_left": record.words_left,
        "state": record.state,
        "state_label": str(record.get_state_display()),
    }
    if not refused:
        return answer
    conflict = any(one.code == "conflict" for one in refused)
    return _refusal(409 if conflict else 422, refused[0].reason, **answer)


def _standing(unit: Unit) -> str:
    has_earlier = not unit.text and best_earlier(unit.source, unit.earlier) is not None
    return standing_of_text(unit, has_earlier=has_earlier).value


@_endpoint()
def unit(request: HttpRequest, record: TranslationRecord, sent: Nothing, context: int, string: int) -> Answer:
    """What helps with a text: suggestions and comments, and the text as it is now."""
    found = _unit(record, context, string)
    return {
        "suggestions": aids.suggestions(record, found),
        "comments": _comments(record, found, request.user),
        "current": _as_data(found),
    }


@_endpoint(CheckIn)
def check(request: HttpRequest, record: TranslationRecord, sent: CheckIn, context: int, string: int) -> Answer:
    """What the checks find in a text that is being typed."""
    found = _unit(record, context, string)
    return {"findings": aids.findings(record, found, sent.coded)}


@_endpoint()
def history(request: HttpRequest, record: TranslationRecord, sent: Nothing, context: int, string: int) -> Answer:
    """Every version of a text, newest first."""
    found = _unit(record, context, string)
    tags = tags_of(found.source)
    versions = TextVersion.objects.filter(record=record, path=found.path, source_text=found.source)
    return {
        "versions": [
            {
                "id": version.pk,
                "coded": to_coded(version.text, tags),
                "origin": str(version.get_origin_display()),
                "by": name_of(version.user),
                "when": _when(version.created_at),
                "is_current": version.text == (found.text or ""),
            }
            for version in versions.select_related("user")[:100]
        ]
    }


@_endpoint(RestoreIn, writes=True)
def restore(
    request: HttpRequest, record: TranslationRecord, sent: RestoreIn, context: int, string: int
) -> Answer | HttpResponse:
    """Make an earlier version of a text the text again."""
    found = _unit(record, context, string)
    version = get_object_or_404(TextVersion, pk=sent.version, record=record, path=found.path, source_text=found.source)
    coded = to_coded(version.text, tags_of(found.source))
    refused = save_texts(record, [NewText(found.id, coded, Origin.RESTORED, sent.expected)], request.user)
    return _saved(record, [found.id], refused)


@_endpoint()
def identical(request: HttpRequest, record: TranslationRecord, sent: Nothing, context: int, string: int) -> Answer:
    """The same text elsewhere in the source or in other pages, where this translation would do."""
    targets = identical_units(record, _unit(record, context, string), request.user)
    records = _records(targets)
    return {
        "targets": [
            {"record": pk, "unit": unit_id, "title": str(records[pk].source)}
            for pk, unit_id in targets
            if pk in records
        ]
    }


def _records(targets: list[tuple[int, str]]) -> dict[int, TranslationRecord]:
    return TranslationRecord.objects.select_related("source__page", "page").in_bulk({pk for pk, _unit in targets})


@_endpoint(PropagateIn, writes=True)
def propagate(
    request: HttpRequest, record: TranslationRecord, sent: PropagateIn, context: int, string: int
) -> Answer | HttpResponse:
    """Write the text into those of the identical places that she has agreed to."""
    found = _unit(record, context, string)
    coded = to_coded(found.text or "", tags_of(found.source))
    if not coded:
        raise ValidationError(_("There is no text here yet."))
    offered = set(identical_units(record, found, request.user))
    targets = [target for target in sent.targets if target in offered]
    records = _records(targets)
    written, reasons = 0, []
    for pk, one in records.items():
        standing = standing_of(request.user, one)
        if not may_enter(request.user, one) or not standing.writes:
            reasons.append(standing.why_not)
            continue
        texts = [NewText(unit_id, coded, Origin.MEMORY) for target, unit_id in targets if target == pk]
        refused = save_texts(one, texts, request.user)
        written += len(texts) - len(refused)
        reasons += [one.reason for one in refused]
    return {"written": written, "refused": reasons}


def _comments(record: TranslationRecord, unit: Unit, user: Any) -> list[Answer]:
    found = SegmentComment.objects.filter(record=record, path=unit.path, source_hash=unit.hash)
    return [
        {
            "id": comment.pk,
            "text": comment.text,
            "by": name_of(comment.user),
            "when": _when(comment.created_at),
            "resolved": comment.resolved,
            "mentions": [name_of(person) for person in comment.mentions.all()],
        }
        for comment in found.select_related("user").prefetch_related("mentions")
    ]


@_endpoint(CommentIn)
def comment(request: HttpRequest, record: TranslationRecord, sent: CommentIn, context: int, string: int) -> Answer:
    """Say something about a text; also while it is in review."""
    found = _unit(record, context, string)
    discussion.comment(record, found, sent.text, request.user, sent.mentions)
    return {"comments": _comments(record, found, request.user)}


@_endpoint(ResolveIn)
def resolve(request: HttpRequest, record: TranslationRecord, sent: ResolveIn, comment_id: int) -> Answer:
    """Close a comment, or open it again."""
    found = get_object_or_404(SegmentComment, pk=comment_id, record=record)
    found.resolved = sent.resolved
    found.save(update_fields=["resolved"])
    return {"id": found.pk, "resolved": found.resolved}


@_endpoint(DismissIn, writes=True)
def dismiss(request: HttpRequest, record: TranslationRecord, sent: DismissIn, context: int, string: int) -> Answer:
    """Say of a warning that it is none, and why. An error can't be dismissed."""
    found = _unit(record, context, string)
    reason = sent.reason.strip()
    if not reason:
        raise ValidationError(_("Say why this is right as it is."))
    open_ = {one["key"]: one for one in aids.findings(record, found, sent.coded)}
    if sent.key not in open_ or open_[sent.key]["severity"] == "error":
        raise ValidationError(_("This can't be dismissed: mend the text."))
    by: Any = request.user
    Dismissal.objects.update_or_create(
        record=record, path=found.path, check_key=sent.key, defaults={"reason": reason, "user": by}
    )
    return {"findings": aids.findings(record, found, sent.coded)}


@_endpoint(CheckIn, writes=True)
def undismiss(request: HttpRequest, record: TranslationRecord, sent: CheckIn, dismissal_id: int) -> Answer:
    """Let a warning be one again."""
    get_object_or_404(Dismissal, pk=dismissal_id, record=record).delete()
    return {"id": dismissal_id}


@_endpoint(PresenceIn)
def presence(request: HttpRequest, record: TranslationRecord, sent: PresenceIn) -> Answer:
    """Say which text is open, and hear who else is there."""
    others = be_present(record, request.user, sent.unit)
    return {"others": [{"name": other.name, "unit": other.unit} for other in others]}


@_endpoint(AddressIn, writes=True)
def address(request: HttpRequest, record: TranslationRecord, sent: AddressIn, address_id: int) -> Answer:
    """Let a link lead somewhere else in this language; nothing: where the original's leads."""
    write_address(record.source_id, record.language, address_id, sent.value.strip(), request.user)
    return {"id": address_id, "value": sent.value.strip()}
