"""Rules: what a door asks the policy, from the request and the parts of its address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page

from cms.access.actions import Action
from cms.access.models.moderation import may_decide, may_moderate
from cms.access.policy import Allowed, Decision, Denied, decide, holdings_of, may_somewhere
from cms.access.scopes import scope_of
from cms.access.sight import knowable, may_work_in

Rule = Callable[[HttpRequest, dict[str, Any]], Decision]
#: More than these no database has for a row's number.
_DIGITS = 19


def everybody(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    """Everybody with a role; the view shows each her own part, or nothing of anybody's."""
    if request.user.is_superuser or holdings_of(request.user):
        return Allowed()
    return Denied(Action.SEE, because=_("This account has no role on the site today."))


def nobody(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    """Shut for everybody, whoever installed the site too."""
    return Denied(Action.MAINTAIN)


def site(action: Action) -> Rule:
    """The whole site."""
    return lambda request, kwargs: decide(request.user, action)


def somewhere(action: Action) -> Rule:
    """Whoever may do it in some part; the view or its form asks which."""
    return lambda request, kwargs: may_somewhere(request.user, action)


def _page(pk: Any) -> Page | None:
    return Page.objects.filter(pk=pk).first()


def page(*actions: Action, key: str = "page_id") -> Rule:
    """Any of the actions on the page that ``key`` of the address names. That it isn't there is the view's to say."""

    def rule(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
        found = _page(kwargs[key])
        if found is None:
            return Allowed()
        decisions = [decide(request.user, action, found) for action in actions]
        return next((decision for decision in decisions if decision), decisions[0])

    return rule


def moderation(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    """Who may decide on the page that was sent for moderation, by the task that the address names."""
    found = _page(kwargs["page_id"])
    return may_decide(request.user, found, kwargs["task_state_id"]) if found else Allowed()


def writing(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    """Who may open the editor on the page: its editors, and while it is with them, its moderators."""
    found = _page(kwargs["page_id"])
    if found is None:
        return Allowed()
    decision = decide(request.user, Action.EDIT, found)
    return decision or (may_moderate(request.user, found) and Allowed()) or decision


def move_below(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    """Moving the page, and adding pages where it is to go."""
    moved = page(Action.MOVE, key="page_to_move_id")(request, kwargs)
    return moved and page(Action.ADD, key="destination_id")(request, kwargs)


def copy(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    """Copying the page, to one that the user may know of: the form names it where it says no."""
    copied = page(Action.ADD)(request, kwargs)
    return copied and _may_know(request, _posted(request, "new_parent_page"))


def _posted(request: HttpRequest, name: str) -> set[int]:
    """The ids that a form's field holds."""
    return numbers([value for value in request.POST.getlist(name) if value])


def knowable_page(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    """Pages that the user may know of: published ones, and drafts in her own part."""
    return _may_know(request, {int(kwargs["parent_page_id"])})


def numbers(values: list[str]) -> set[int]:
    """The whole numbers that the request names. Raises ``BadRequest`` where one is none.

    A view reads " 12" and "+12" as 12: what is not understood here must not be passed on.
    """
    if not all(value.isdecimal() and len(value) < _DIGITS for value in values):
        raise BadRequest("not a number")
    return {int(value) for value in values}


def knowable_pages(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    """As :func:`knowable_page`, of the ids that the request asks for."""
    return _may_know(request, numbers(request.GET.getlist("id")))


def _may_know(request: HttpRequest, ids: set[int]) -> Decision:
    known = set(knowable(Page.objects.filter(pk__in=ids), request.user).values_list("pk", flat=True))
    unknown = Page.objects.filter(pk__in=ids - known).first()
    if unknown is not None:
        return Denied(Action.SEE, scope_of(unknown))
    return Allowed()


def editing_session(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    """Telling who else has an object open: pages that the user may edit."""
    try:
        model = apps.get_model(kwargs["app_label"], kwargs["model_name"])
    except LookupError:
        return Denied(Action.MAINTAIN)
    if issubclass(model, Page) and str(kwargs["object_id"]).isdecimal():
        found = _page(kwargs["object_id"])
        if found is not None:
            return writing(request, {"page_id": found.pk})
    return site(Action.SETTINGS)(request, kwargs)


_BULK = {
    "publish": Action.PUBLISH,
    "unpublish": Action.UNPUBLISH,
    "delete": Action.DELETE,
    "move": Action.MOVE,
}


def bulk(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    """Bulk actions: on pages and files; no other. Accounts are closed one by one, with what that takes."""
    kind = (kwargs["app_label"], kwargs["model_name"])
    if kind == ("wagtailcore", "page"):
        return _bulk_pages(request, kwargs["action"])
    if kind == ("wagtailimages", "image"):
        return _bulk_files(request, get_image_model())
    if kind == ("wagtaildocs", "document"):
        return _bulk_files(request, get_document_model())
    return Denied(Action.MAINTAIN)


def _bulk_pages(request: HttpRequest, name: str) -> Decision:
    action = _BULK.get(name)
    if action is None:
        return Denied(Action.MAINTAIN)
    ids = request.GET.getlist("id")
    asked = numbers(request.GET.getlist("childOf")) if "all" in ids else numbers(ids)
    found = list(Page.objects.filter(pk__in=asked))
    if len(found) != len(asked) or not asked or not may_work_in(asked, request.user):
        return Denied(Action.SEE)
    for item in found:
        decision = decide(request.user, action, item)
        if not decision:
            return decision
    # Where they are to go: the form names it where it says no.
    return _may_know(request, _posted(request, "chooser"))


def _bulk_files(request: HttpRequest, model: Any) -> Decision:
    ids = request.GET.getlist("id")
    target = Collection.objects.filter(pk__in=_posted(request, "collection")).first()
    # With "all" the view takes those of the list, which holds the user's own only.
    decisions = [may_somewhere(request.user, Action.ADD_FILE)] if "all" in ids else []
    decisions += [_changes(request.user, found) for found in _files(model, set() if "all" in ids else numbers(ids))]
    if target is not None:
        decisions.append(decide(request.user, Action.ADD_FILE, target))
    return next((decision for decision in decisions if not decision), Allowed())


def _files(model: Any, ids: set[int]) -> Any:
    return model.objects.select_related("collection").filter(pk__in=ids)


def _changes(user: Any, found: Any) -> Decision:
    """Changing a file: for who may change those of its collection, and for who added it."""
    return decide(user, Action.ADD_FILE if found.uploaded_by_user_id == user.pk else Action.EDIT_FILE, found)


def _file(model: Any, pk: Any) -> Any:
    return model.objects.select_related("collection").filter(pk=pk).first() if str(pk).isdecimal() else None


def file(model: Callable[[], Any], action: Action, key: str) -> Rule:
    """The action on the picture or document that ``key`` names, or on one that the user added herself."""

    def rule(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
        found = _file(model(), kwargs[key])
        if found is None:
            return Allowed()
        return _changes(request.user, found) if action is Action.EDIT_FILE else decide(request.user, action, found)

    return rule


def files(model: Callable[[], Any]) -> Rule:
    """Using all the pictures or documents whose ids the request asks for."""

    def rule(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
        for found in _files(model(), numbers(request.GET.getlist("id"))):
            decision = decide(request.user, Action.USE_FILE, found)
            if not decision:
                return decision
        return Allowed()

    return rule


def image(action: Action, key: str = "image_id") -> Rule:
    return file(get_image_model, action, key)


def document(action: Action, key: str = "document_id") -> Rule:
    return file(get_document_model, action, key)


images = files(get_image_model)
documents = files(get_document_model)
