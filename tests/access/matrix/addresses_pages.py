"""Addresses of pages: the explorer, the editor, choosers, bulk actions, the editor's API."""

from __future__ import annotations

from typing import Any

from tests.access.matrix.doors import Door, names

#: What an editor that changes nothing sends.
FORM: dict[str, Any] = {
    "title": "Ändrad",
    "search_description": "",
    "body-count": "0",
    "alternative_titles": "",
    "search_words": "",
    "sources": "",
    "responsible": "",
    "review_by": "",
    "comment_notifications": "",
    "comments-TOTAL_FORMS": "0",
    "comments-INITIAL_FORMS": "0",
    "comments-MIN_NUM_FORMS": "0",
    "comments-MAX_NUM_FORMS": "",
}
REVISION = "wagtailcore_revision"
PAGE = "wagtailcore_page"
TASK_STATE = "wagtailcore_taskstate"


def form(name: str, **more: str) -> dict[str, Any]:
    return FORM | {"slug": f"{{{name}_slug}}"} | more


def page(name: str, args: str, *, get: str = "", post: str = "", **more: Any) -> Door:
    return Door(f"wagtailadmin_pages:{name}", names(args), get=get, post=post, axis="pages", **more)


_TYPE = "content_type_app_name=app content_type_model_name=model"
_NEW = FORM | {"slug": "ny"}

_WRITING = (
    page("add", f"{_TYPE} parent_page_id=parent", get="add", post="add", body=_NEW, writes=PAGE),
    page(
        "add",
        f"{_TYPE} parent_page_id=parent",
        post="publish new pages",
        instead="add",
        body=_NEW | {"action-publish": "1"},
        writes=PAGE,
        variant="and publish",
    ),
    page("preview_on_add", f"{_TYPE} parent_page_id=parent", get="add", post="add", body=_NEW, seen=(200, 404)),
    page("add_subpage", "parent_page_id=parent", get="add", seen=(200, 302)),
    page("edit", "page_id=draft", get="write", post="write", body=form("draft"), writes=REVISION),
    page(
        "edit", "page_id=live", get="write", post="write", body=form("live"), writes=REVISION, variant="of a live page"
    ),
    page(
        "edit",
        "page_id=draft",
        post="send",
        body=form("draft", **{"action-submit": "1"}),
        writes=TASK_STATE,
        variant="and send",
    ),
    page(
        "edit",
        "page_id=draft",
        post="publish",
        instead="write",
        body=form("draft", **{"action-publish": "1"}),
        writes=PAGE,
        variant="and publish",
    ),
    page(
        "edit",
        "page_id=live",
        post="publish",
        instead="write",
        body=form("live", **{"action-publish": "1"}),
        writes=PAGE,
        variant="and publish a live page",
    ),
    page(
        "edit",
        "page_id=waiting",
        get="write",
        post="moderate",
        body=form("waiting"),
        writes=REVISION,
        variant="waiting",
        soft=True,
    ),
    page(
        "edit",
        "page_id=waiting",
        post="moderate",
        body=form("waiting", **{"action-workflow-action": "1", "workflow-action-name": "approve"}),
        writes=TASK_STATE,
        variant="approve",
        soft=True,
    ),
    page("edit", "page_id=locked", get="write", post="nobody", body=form("locked"), variant="locked", soft=True),
    page("edit", "page_id=top", get="write", post="write", body=form("top"), writes=REVISION, variant="the topmost"),
    page("preview_on_edit", "page_id=draft", get="write", post="write", body=form("draft")),
    page("view_draft", "page_id=draft", get="see"),
    page("view_draft", "page_id=live", get="see", variant="of a live page"),
    page("usage", "page_id=draft", get="see"),
    page(
        "copy",
        "page_id=draft",
        get="add",
        post="add",
        writes=PAGE,
        body={"new_title": "Kopia", "new_slug": "kopia", "new_parent_page": "{parent}"},
    ),
    page(
        "copy",
        "page_id=live",
        post="publish new pages",
        instead="add",
        writes=PAGE,
        variant="and publish",
        body={"new_title": "Kopia", "new_slug": "kopia", "new_parent_page": "{parent}", "publish_copies": "on"},
    ),
    page(
        "copy",
        "page_id=draft",
        post="nobody",
        variant="elsewhere",
        soft=True,
        body={"new_title": "Kopia", "new_slug": "kopia", "new_parent_page": "{elsewhere}"},
    ),
    page(
        "copy",
        "page_id=draft",
        post="nobody",
        variant="as alias",
        soft=True,
        body={"new_title": "Kopia", "new_slug": "kopia", "new_parent_page": "{parent}", "alias": "on"},
    ),
    page("delete", "page_id=draft", get="delete a draft", post="delete a draft", writes=PAGE),
    page("delete", "page_id=live", get="delete", post="delete", writes=PAGE, variant="a live page"),
    page("delete", "page_id=top", get="nobody", post="nobody", variant="the topmost"),
    page("unpublish", "page_id=live", get="unpublish", post="unpublish", writes=PAGE),
    page("unpublish", "page_id=top", get="nobody", post="nobody", variant="the topmost"),
    page("convert_alias", "page_id=draft", get="nobody", post="nobody"),
    page("move", "page_to_move_id=draft", get="move", post="move", body={"new_parent_page": "{live}"}),
    page(
        "move",
        "page_to_move_id=top",
        get="nobody",
        post="nobody",
        body={"new_parent_page": "{elsewhere}"},
        variant="the topmost",
    ),
    page("move_confirm", "page_to_move_id=draft destination_id=live", get="move", post="move", writes=PAGE),
    page(
        "move_confirm",
        "page_to_move_id=draft destination_id=elsewhere",
        get="nobody",
        post="nobody",
        variant="elsewhere",
    ),
    page("set_page_position", "page_to_move_id=live", post="move", query="position=0", writes=PAGE),
    page(
        "set_privacy",
        "page_id=draft",
        get="restrict",
        post="restrict",
        body={"restriction_type": "login"},
        writes="wagtailcore_pageviewrestriction",
    ),
    page("lock", "page_id=draft", post="lock", writes=PAGE),
    page("unlock", "page_id=locked", post="lock", writes=PAGE),
)

_HISTORY = (
    page("revisions_index", "page_id=draft", get="see", seen=(200, 301, 302)),
    page("revisions_view", "page_id=draft revision_id=draft_first_revision", get="see"),
    page("revisions_revert", "page_id=draft revision_id=draft_first_revision", get="write"),
    page(
        "revisions_unschedule",
        "page_id=scheduled revision_id=scheduled_revision",
        get="publish",
        post="publish",
        writes=REVISION,
    ),
    page("revisions_compare", "pk=draft revision_id_a=draft_first_revision revision_id_b=draft_revision", get="see"),
    page(
        "revisions_compare",
        "pk=live revision_id_a=live_public_revision revision_id_b=live_revision",
        get="see",
        variant="of a live page",
    ),
    page("history", "page_id=draft", get="see"),
    page("history_results", "page_id=draft", get="see"),
    page("workflow_history", "page_id=waiting", get="see"),
    page("workflow_history_detail", "page_id=waiting workflow_state_id=workflow_state", get="see"),
)

_WORKFLOW = tuple(
    page(
        name,
        f"page_id=waiting action_name='{action} task_state_id=task_state",
        get=get,
        post="moderate",
        body={"comment": "Bra"},
        writes=writes,
        variant=action,
    )
    for name, get, writes in (("workflow_action", "", TASK_STATE), ("collect_workflow_action_data", "moderate", ""))
    for action in ("approve", "reject")
)
_MODERATION = (
    *_WORKFLOW,
    page("confirm_workflow_cancellation", "page_id=waiting", get="write"),
    page("workflow_preview", "page_id=waiting task_id=task", get="moderate"),
)


def _list(name: str, args: str = "", get: str = "see", query: str = "", variant: str = "", **more: Any) -> Door:
    return Door(name, names(args), get=get, axis="pages", query=query, listing=True, variant=variant, **more)


def _bulk(action: str, target: str, verb: str, variant: str = "", **body: str) -> Door:
    return Door(
        "wagtail_bulk_action",
        names(f"app_label='wagtailcore model_name='page action='{action}"),
        get=verb,
        post=verb,
        axis="pages",
        query=f"id={{{target}}}",
        body=body,
        writes=PAGE,
        variant=f"{action} {variant or target}",
        soft=True,
    )


#: Wagtail shows it to those who have pages, and sends others home.
_MAYBE = (200, 302)

_LISTS = (
    Door("wagtailadmin_explore_root", get="anyone", listing=True, seen=(200, 302, 403)),
    _list("wagtailadmin_explore", "parent_page_id=top"),
    _list("wagtailadmin_explore_results", "parent_page_id=top"),
    Door("wagtailadmin_pages:search", get="see somewhere", query="q=HEMLIGT", listing=True),
    Door("wagtailadmin_pages:search", get="see somewhere", query="q=live", listing=True, variant="for live pages"),
    Door("wagtailadmin_pages:search_results", get="see somewhere", query="q=HEMLIGT", listing=True),
    Door(
        "wagtailadmin_pages:search",
        get="see somewhere",
        query="q=HEMLIGT&locale={language}",
        axis="pages",
        listing=True,
        variant="in a language",
    ),
    Door(
        "wagtailadmin_pages:search_results",
        get="see somewhere",
        query="state=draft",
        listing=True,
        variant="every draft",
    ),
    _list("wagtailadmin_explore", "parent_page_id=top", query="q=HEMLIGT", variant="searched"),
    _list("wagtailadmin_explore_results", "parent_page_id=top", query="q=HEMLIGT&search_all=1", variant="searched"),
    page("choose_parent", "app_label=app model_name=model", get="add somewhere", seen=(200, 302)),
    page("type_use", _TYPE, get="nobody"),
    page("type_use_results", _TYPE, get="nobody"),
    Door("wagtailadmin_choose_page", get="anyone", listing=True),
    Door("wagtailadmin_choose_page_search", get="anyone", query="q=HEMLIGT", listing=True),
    Door("wagtailadmin_choose_page_search", get="anyone", query="q=live", listing=True, variant="for live pages"),
    _list("wagtailadmin_choose_page_child", "parent_page_id=top"),
    Door(
        "wagtailadmin_choose_page_child", names("parent_page_id=draft"), get="see", axis="pages", variant="of a draft"
    ),
    Door("wagtailadmin_choose_page_chosen_multiple", get="see", axis="pages", query="id={draft}"),
    Door(
        "wagtailadmin_choose_page_chosen_multiple",
        get="see",
        axis="pages",
        query="id={live}",
        listing=True,
        variant="a live page",
    ),
    Door("wagtailadmin_api:pages:listing", get="anyone", listing=True),
    _list("wagtailadmin_api:pages:listing", query="child_of={top}", seen=(200, 400), variant="below"),
    Door("wagtailadmin_api:pages:detail", names("pk=draft"), get="see", axis="pages"),
    _list("wagtailadmin_api:pages:detail", "pk=live", variant="of a live page"),
    _list("wagtailadmin_api:pages:find", query="id={draft}", seen=(302,)),
    Door("wagtailadmin_api:pages:action", names("pk=draft action_name='delete"), post="nobody", axis="pages"),
    Door(
        "wagtailadmin_api:pages:action",
        names("pk=draft action_name='publish"),
        post="nobody",
        axis="pages",
        variant="publish",
    ),
    Door("wagtailadmin_reports:site_history", get="reports somewhere", listing=True),
    Door("wagtailadmin_reports:site_history_results", get="reports somewhere", listing=True),
    Door("wagtailadmin_reports:aging_pages", get="reports somewhere", listing=True, seen=_MAYBE),
    Door("wagtailadmin_reports:aging_pages_results", get="reports somewhere", listing=True, seen=_MAYBE),
    Door(
        "wagtailadmin_editing_sessions:ping",
        names("app_label='wagtailcore model_name='page object_id=draft session_id=session"),
        post="write",
        axis="pages",
    ),
)

_BULK = (
    _bulk("publish", "draft", "publish"),
    _bulk("publish", "live", "publish"),
    _bulk("unpublish", "live", "unpublish"),
    _bulk("unpublish", "top", "nobody"),
    _bulk("delete", "draft", "delete a draft"),
    _bulk("delete", "live", "delete"),
    _bulk("delete", "top", "nobody"),
    _bulk("move", "draft", "move", chooser="{live}"),
    _bulk("move", "draft", "nobody", "draft elsewhere", chooser="{elsewhere}"),
    _bulk("move", "top", "nobody", chooser="{elsewhere}"),
)

PAGES: tuple[Door, ...] = (*_WRITING, *_HISTORY, *_MODERATION, *_LISTS, *_BULK)
