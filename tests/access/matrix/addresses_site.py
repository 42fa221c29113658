"""Addresses of the whole site: accounts, settings, redirects, and what commands keep."""

from __future__ import annotations

from typing import Any

from django.core.signing import Signer
from wagtail.contrib.redirects.utils import get_file_storage

from tests.access.matrix.doors import Door, Values, names

#: Addresses that need no account, and show nothing of anybody's.
OPEN: frozenset[str] = frozenset({"wagtailadmin_login", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog"})


def _shut(namespace: str, addresses: str, keys: dict[str, str] | None = None) -> tuple[Door, ...]:
    """Addresses for nobody; ``addresses`` are «name» or «name(part,part)»; a part of many names is in ``keys``."""
    keys = keys or {}
    doors = []
    for text in addresses.split():
        name, _bracket, parts = text.rstrip(")").partition("(")
        args = {part: keys.get(part, part) for part in parts.split(",") if part}
        doors.append(Door(f"{namespace}:{name}" if namespace else name, args, get="nobody", post="nobody"))
    return tuple(doors)


_GENERIC = "index index_results add edit(pk) delete(pk) history(pk) history_results(pk) usage(pk)"

_SHUT = (
    *_shut(
        "wagtailadmin_collections",
        "index add edit(pk) delete(pk) set_privacy(collection_id)",
        {"pk": "a_collection", "collection_id": "a_collection"},
    ),
    *_shut(
        "wagtailadmin_workflows",
        "index index_results add enable(pk) disable(pk) edit(pk) usage(pk) usage_results(pk) remove(page_pk) "
        "remove(page_pk,workflow_pk)",
        {"pk": "workflow", "page_pk": "workflow_page", "workflow_pk": "workflow"},
    ),
    *_shut(
        "wagtailadmin_workflows",
        "add_task(app_label,model_name) select_task_type task_index task_index_results edit_task(pk) disable_task(pk) "
        "enable_task(pk) task_chooser task_chooser_results task_chooser_create task_chosen(task_id)",
        {"pk": "any_task", "task_id": "any_task", "app_label": "'access", "model_name": "'moderationtask"},
    ),
    *_shut(
        "wagtailadmin_reports",
        "locked_pages locked_pages_results workflow workflow_results workflow_tasks workflow_tasks_results "
        "page_types_usage page_types_usage_results",
    ),
    *_shut(
        "wagtailsettings",
        "edit(app_name,model_name) edit(app_name,model_name,pk) preview_on_edit(app_name,model_name,pk)",
        {"app_name": "'pages", "model_name": "'publisher", "pk": "site"},
    ),
    *_shut("wagtaillocales", f"{_GENERIC} copy(pk)", {"pk": "locale"}),
    *_shut("wagtailsites", f"{_GENERIC} copy(pk)", {"pk": "site"}),
    *_shut("wagtailusers_groups", _GENERIC, {"pk": "group"}),
    *_shut("wagtailsnippets_pages_publisher", "delete(pk)", {"pk": "publisher"}),
    *_shut(
        "",
        "wagtailadmin_error_test wagtailadmin_password_reset wagtailadmin_password_reset_done "
        "wagtailadmin_password_reset_confirm(uidb64,token) wagtailadmin_password_reset_complete",
        {"uidb64": "'MQ", "token": "'x-y"},
    ),
)

_USER: dict[str, Any] = {
    "email": "other@example.org",
    "first_name": "Anna",
    "last_name": "Andersson",
    "preferred_language": "",
    "is_active": "on",
}


def _users(name: str, get: str = "accounts", post: str = "", **more: Any) -> Door:
    args = names("pk=other") if more.pop("one", True) else {}
    return Door(f"wagtailusers_users:{name}", more.pop("args", args), get=get, post=post, **more)


def _bulk_users(action: str, verb: str, target: str = "other", **body: str) -> Door:
    return Door(
        "wagtail_bulk_action",
        names(f"app_label='auth model_name='user action='{action}"),
        get=verb,
        post=verb,
        query=f"id={{{target}}}",
        body=body,
        variant=f"{action} {target}",
    )


_ACCOUNTS = (
    _users("index", one=False),
    _users("index_results", one=False),
    _users("edit", post="accounts", body=_USER, writes="auth_user"),
    _users("edit", get="nobody", post="nobody", body=_USER, args=names("pk=root"), variant="a superuser"),
    _users("history"),
    _users("history_results"),
    _bulk_users("set_active_state", "nobody", mark_as_active=""),
    _bulk_users("set_active_state", "nobody", "root", mark_as_active=""),
    _bulk_users("assign_role", "nobody", role="{group}"),
    _bulk_users("delete", "nobody"),
)

_PUBLISHER = {
    "site": "{site}",
    "language": "sv",
    "name": "Annan",
    "organisation_number": "",
    "address": "",
    "email": "",
    "about": "",
}
_SNIPPET = names("pk=publisher")


def _settings(name: str, args: str = "", get: str = "settings", post: str = "", **more: Any) -> Door:
    return Door(name, names(args), get=get, post=post, **more)


_P = "wagtailsnippets_pages_publisher"
_PC = "wagtailsnippetchoosers_pages_publisher"
_SETTINGS = (
    _settings("wagtailsnippets:index", seen=(200, 302)),
    _settings(f"{_P}:list"),
    _settings(f"{_P}:list_results"),
    _settings(f"{_P}:add", post="settings", body=_PUBLISHER | {"language": "ar"}, writes="pages_publisher"),
    _settings(f"{_P}:edit", "pk=publisher", post="settings", body=_PUBLISHER, writes="pages_publisher"),
    _settings(f"{_P}:usage", "pk=publisher"),
    _settings(f"{_P}:history", "pk=publisher"),
    _settings(f"{_P}:history_results", "pk=publisher"),
    _settings(f"{_P}:copy", "pk=publisher"),
    _settings(f"{_PC}:choose"),
    _settings(f"{_PC}:choose_results"),
    _settings(f"{_PC}:chosen", "pk=publisher"),
    _settings(f"{_PC}:chosen_multiple", query="id={publisher}"),
    # Wagtail's view has no form to make one with.
    Door(f"{_PC}:create", get="nobody", post="nobody", body=_PUBLISHER | {"language": "ar"}),
)

_REDIRECT = {
    "old_path": "/nytt",
    "site": "{site}",
    "is_permanent": "on",
    "redirect_page": "",
    "redirect_link": "https://example.org/",
}


def _import(_values: Values) -> dict[str, Any]:
    """What the second step of an import sends, of a file that the first one kept."""
    storage = get_file_storage()()
    storage.save(b"from,to\n/x,https://example.org/\n")
    sign = Signer().sign
    return {
        "import_file_name": sign(storage.name),
        "input_format": sign("0"),
        "from_index": "0",
        "to_index": "1",
        "site": "",
        "permanent": "on",
    }


def _redirects(name: str, args: str = "", post: str = "", get: str = "redirects", **more: Any) -> Door:
    return Door(f"wagtailredirects:{name}", names(args), get=get, post=post, **more)


_REDIRECTS = (
    _redirects("index"),
    _redirects("index_results"),
    _redirects("add", post="redirects", body=_REDIRECT, writes="wagtailredirects_redirect"),
    _redirects("edit", "redirect_id=redirect", post="redirects", body=_REDIRECT, writes="wagtailredirects_redirect"),
    _redirects("delete", "redirect_id=redirect", post="redirects", writes="wagtailredirects_redirect"),
    _redirects("start_import"),
    _redirects("process_import", get="", post="redirects", body=_import, writes="wagtailredirects_redirect"),
)


def _anyone(name: str, args: str = "", get: str = "anyone", post: str = "", **more: Any) -> Door:
    return Door(name, names(args), get=get, post=post, **more)


_ANYONE = (
    _anyone("wagtailadmin_home"),
    _anyone("wagtailadmin_account"),
    _anyone("wagtailadmin_logout", get="", post="anyone"),
    _anyone("wagtailadmin_dismissibles"),
    _anyone(
        "wagtailadmin_choose_page_external_link",
        post="anyone",
        body={"external-link-chooser-url": "https://example.org/"},
    ),
    _anyone(
        "wagtailadmin_choose_page_email_link", post="anyone", body={"email-link-chooser-email_address": "a@example.org"}
    ),
    _anyone("wagtailadmin_choose_page_phone_link", post="anyone", body={"phone-link-chooser-phone_number": "112"}),
    _anyone("wagtailadmin_choose_page_anchor_link", post="anyone", body={"anchor-link-chooser-url": "a"}),
    _anyone("wagtailadmin_editing_sessions:release", "session_id=another_session", get="", post="nobody", listing=True),
    _anyone("wagtailadmin_block_preview", get="write somewhere", seen=(200, 302, 404)),
    _anyone("wagtailembeds:chooser", get="write somewhere"),
    # Not a real address, so that nothing is asked of the network.
    _anyone("wagtailembeds:chooser_upload", get="", post="write somewhere", body={"embed-chooser-url": "x"}),
    # Pages that are not there.
    Door("/admin/test404/", get="nobody", post="nobody"),
    Door("/admin/no-such-address/", get="nobody", post="nobody"),
)

SITE: tuple[Door, ...] = (*_SHUT, *_ACCOUNTS, *_SETTINGS, *_REDIRECTS, *_ANYONE)
