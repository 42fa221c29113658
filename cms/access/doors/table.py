"""The doors by name. An app with addresses of its own adds them in its ``ready``; what is not here is shut."""

from __future__ import annotations

from cms.access.actions import Action
from cms.access.doors import rules
from cms.access.doors.people import PEOPLE
from cms.access.doors.rules import Rule, everybody, nobody, page, site, somewhere

MAINTAINED = site(Action.MAINTAIN)

#: Addresses that need no account: signing in, and what its page loads.
OPEN: set[str] = {"wagtailadmin_login", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog"}

_PAGES: dict[str, Rule] = {
    "add": page(Action.ADD, key="parent_page_id"),
    "preview_on_add": page(Action.ADD, key="parent_page_id"),
    "add_subpage": page(Action.ADD, key="parent_page_id"),
    "choose_parent": somewhere(Action.ADD),
    "type_use": MAINTAINED,
    "type_use_results": MAINTAINED,
    "usage": page(Action.SEE),
    "edit": rules.writing,
    "preview_on_edit": rules.writing,
    "view_draft": page(Action.SEE),
    "delete": page(Action.DELETE),
    "unpublish": page(Action.UNPUBLISH),
    # Makes a page of an alias; there are none.
    "convert_alias": nobody,
    "search": everybody,
    "search_results": everybody,
    "move": page(Action.MOVE, key="page_to_move_id"),
    "move_confirm": rules.move_below,
    "set_page_position": page(Action.MOVE, key="page_to_move_id"),
    "copy": rules.copy,
    "workflow_action": rules.moderation,
    "collect_workflow_action_data": rules.moderation,
    "confirm_workflow_cancellation": page(Action.SUBMIT, Action.PUBLISH),
    "workflow_preview": rules.writing,
    "set_privacy": page(Action.RESTRICT),
    "lock": page(Action.LOCK),
    "unlock": page(Action.LOCK),
    "revisions_index": page(Action.SEE),
    "revisions_view": page(Action.SEE),
    "revisions_revert": page(Action.EDIT),
    "revisions_unschedule": page(Action.PUBLISH),
    "revisions_compare": page(Action.SEE, key="pk"),
    "workflow_history": page(Action.SEE),
    "workflow_history_detail": page(Action.SEE),
    "history": page(Action.SEE),
    "history_results": page(Action.SEE),
}

_FILES: dict[str, Rule] = {
    "wagtailimages:index": somewhere(Action.USE_FILE),
    "wagtailimages:index_results": somewhere(Action.USE_FILE),
    "wagtailimages:add": somewhere(Action.ADD_FILE),
    "wagtailimages:edit": rules.image(Action.EDIT_FILE),
    "wagtailimages:delete": rules.image(Action.EDIT_FILE),
    "wagtailimages:url_generator": rules.image(Action.EDIT_FILE),
    "wagtailimages:url_generator_output": rules.image(Action.EDIT_FILE),
    "wagtailimages:preview": rules.image(Action.USE_FILE),
    "wagtailimages:image_usage": rules.image(Action.USE_FILE),
    "wagtailimages:add_multiple": somewhere(Action.ADD_FILE),
    "wagtailimages:edit_multiple": rules.image(Action.EDIT_FILE),
    "wagtailimages:delete_multiple": rules.image(Action.EDIT_FILE),
    "wagtailimages:create_multiple_from_uploaded_image": somewhere(Action.ADD_FILE),
    "wagtailimages:delete_upload_multiple": somewhere(Action.ADD_FILE),
    "wagtailimages_chooser:choose": somewhere(Action.USE_FILE),
    "wagtailimages_chooser:choose_results": somewhere(Action.USE_FILE),
    "wagtailimages_chooser:chosen": rules.image(Action.USE_FILE, "pk"),
    "wagtailimages_chooser:chosen_multiple": rules.images,
    "wagtailimages_chooser:create": somewhere(Action.ADD_FILE),
    "wagtailimages_chooser:select_format": rules.image(Action.USE_FILE),
    "wagtaildocs:index": somewhere(Action.USE_FILE),
    "wagtaildocs:index_results": somewhere(Action.USE_FILE),
    "wagtaildocs:add": somewhere(Action.ADD_FILE),
    "wagtaildocs:edit": rules.document(Action.EDIT_FILE),
    "wagtaildocs:delete": rules.document(Action.EDIT_FILE),
    "wagtaildocs:add_multiple": somewhere(Action.ADD_FILE),
    "wagtaildocs:edit_multiple": rules.document(Action.EDIT_FILE, "doc_id"),
    "wagtaildocs:delete_multiple": rules.document(Action.EDIT_FILE, "doc_id"),
    "wagtaildocs:create_multiple_from_uploaded_document": somewhere(Action.ADD_FILE),
    "wagtaildocs:delete_upload_multiple": somewhere(Action.ADD_FILE),
    "wagtaildocs:document_usage": rules.document(Action.USE_FILE),
    "wagtaildocs_chooser:choose": somewhere(Action.USE_FILE),
    "wagtaildocs_chooser:choose_results": somewhere(Action.USE_FILE),
    "wagtaildocs_chooser:chosen": rules.document(Action.USE_FILE, "pk"),
    "wagtaildocs_chooser:chosen_multiple": rules.documents,
    "wagtaildocs_chooser:create": somewhere(Action.ADD_FILE),
}

_SITE: dict[str, Rule] = {
    "wagtailadmin_home": everybody,
    "wagtailadmin_account": everybody,
    "wagtailadmin_logout": everybody,
    "wagtailadmin_dismissibles": everybody,
    "wagtailadmin_error_test": MAINTAINED,
    "wagtailadmin_explore_root": everybody,
    "wagtailadmin_explore": everybody,
    "wagtailadmin_explore_results": everybody,
    "wagtail_bulk_action": rules.bulk,
    "wagtailadmin_api:pages:listing": everybody,
    "wagtailadmin_api:pages:detail": everybody,
    "wagtailadmin_api:pages:find": everybody,
    # Knows nothing of the pages that the trees hang on, and makes aliases.
    "wagtailadmin_api:pages:action": nobody,
    # Shows every collection's files to every editor; the editor doesn't use it.
    "wagtailadmin_api:documents:listing": nobody,
    "wagtailadmin_api:documents:detail": nobody,
    "wagtailadmin_api:documents:find": nobody,
    "wagtailadmin_api:images:listing": nobody,
    "wagtailadmin_api:images:detail": nobody,
    "wagtailadmin_api:images:find": nobody,
    "wagtailadmin_choose_page": everybody,
    "wagtailadmin_choose_page_child": rules.knowable_page,
    "wagtailadmin_choose_page_search": everybody,
    "wagtailadmin_choose_page_chosen_multiple": rules.knowable_pages,
    "wagtailadmin_choose_page_external_link": everybody,
    "wagtailadmin_choose_page_email_link": everybody,
    "wagtailadmin_choose_page_phone_link": everybody,
    "wagtailadmin_choose_page_anchor_link": everybody,
    "wagtailadmin_tag_autocomplete": somewhere(Action.USE_FILE),
    "wagtailadmin_tag_model_autocomplete": somewhere(Action.USE_FILE),
    "wagtailadmin_editing_sessions:ping": rules.editing_session,
    "wagtailadmin_editing_sessions:release": everybody,
    "wagtailadmin_block_preview": somewhere(Action.EDIT),
    "wagtailadmin_reports:site_history": everybody,
    "wagtailadmin_reports:site_history_results": everybody,
    "wagtailadmin_reports:aging_pages": everybody,
    "wagtailadmin_reports:aging_pages_results": everybody,
    "wagtailembeds:chooser": somewhere(Action.EDIT),
    "wagtailembeds:chooser_upload": somewhere(Action.EDIT),
    "wagtailsnippets:index": site(Action.SETTINGS),
    "withdraw_page": page(Action.WITHDRAW),
    "wagtail.admin.views.home.default": everybody,
    "django.views.generic.base.TemplateView": MAINTAINED,
}

#: Whole namespaces with one rule, and the addresses in them that have another.
_NAMESPACES: dict[str, Rule] = {
    "wagtailadmin_collections": MAINTAINED,
    "wagtailadmin_workflows": MAINTAINED,
    # Those not named above show every county's drafts.
    "wagtailadmin_reports": MAINTAINED,
    "wagtailsettings": MAINTAINED,
    "wagtailredirects": site(Action.REDIRECTS),
    "wagtailsnippets_pages_publisher": site(Action.SETTINGS),
    "wagtailsnippetchoosers_pages_publisher": site(Action.SETTINGS),
    "wagtaillocales": MAINTAINED,
    "wagtailsites": MAINTAINED,
    "wagtailusers_users": site(Action.ACCOUNTS),
    "wagtailusers_groups": MAINTAINED,
}
_EXCEPTIONS: dict[str, Rule] = {
    "wagtailsnippets_pages_publisher:delete": MAINTAINED,
    # Wagtail's chooser has no form for it.
    "wagtailsnippetchoosers_pages_publisher:create": nobody,
    "wagtailadmin_password_reset": nobody,
    "wagtailadmin_password_reset_done": nobody,
    "wagtailadmin_password_reset_confirm": nobody,
    "wagtailadmin_password_reset_complete": nobody,
}

DOORS: dict[str, Rule] = {f"wagtailadmin_pages:{name}": rule for name, rule in _PAGES.items()}
DOORS |= _FILES | _SITE | PEOPLE | _EXCEPTIONS


def add_doors(doors: dict[str, Rule]) -> None:
    """The doors of an app's own addresses below ``/admin/``, by the address's name."""
    DOORS.update(doors)


def rule_for(name: str) -> Rule | None:
    """The rule of the address with this name, or ``None`` where nobody classified it."""
    return DOORS.get(name) or _NAMESPACES.get(name.rpartition(":")[0])
