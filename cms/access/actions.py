"""What can be done on the site, as far as somebody must be allowed to do it."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Action(StrEnum):
    """An action that the policy decides on. On a page, a file, an assignment of a role, or the whole site."""

    # Pages: a page's tree says which language and whose it is.
    SEE = "see"  # know of what is not published: drafts, history
    ADD = "add"  # write a new page below this one
    EDIT = "edit"  # the Swedish text, or in another language's tree its translation
    SUBMIT = "submit"  # send for moderation
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    DELETE = "delete"
    MOVE = "move"
    LOCK = "lock"
    RESTRICT = "restrict"  # who among the public may read a page
    MODERATE = "moderate"  # decide what was sent for moderation
    TAKE_OVER = "take-over"  # moderate what those whose task it is have left too long
    WITHDRAW = "withdraw"  # unpublish another's page, with a reason that its county is mailed
    MARK_MINOR = "mark-minor"  # an edit that leaves translations as they are
    ORDER = "order"  # order translations of this page
    EXPORT = "export"
    IMPORT = "import"
    # Pictures and documents.
    USE_FILE = "use-file"
    ADD_FILE = "add-file"
    EDIT_FILE = "edit-file"
    # People.
    ASSIGN = "assign"  # give and take roles
    ACCOUNTS = "accounts"  # make, change and close accounts
    # The whole site.
    SETTINGS = "settings"
    REDIRECTS = "redirects"
    REPORTS = "reports"
    AUDIT = "audit"
    MAINTAIN = "maintain"  # what commands keep: groups, workflows, collections, languages, sites


#: The sentence for who may not; ``role`` is the role that would be needed, ``unit`` who to ask.
REFUSALS: dict[Action, str | Promise] = {
    Action.SEE: _("Drafts here are for the role %(role)s. Ask: %(unit)s."),
    Action.ADD: _("Adding pages here takes the role %(role)s. Ask: %(unit)s."),
    Action.EDIT: _("Editing this text takes the role %(role)s. Ask: %(unit)s."),
    Action.SUBMIT: _("Sending this for moderation takes the role %(role)s. Ask: %(unit)s."),
    Action.PUBLISH: _("Publishing here takes the role %(role)s. Ask: %(unit)s."),
    Action.UNPUBLISH: _("Unpublishing here takes the role %(role)s. Ask: %(unit)s."),
    Action.DELETE: _("Deleting here takes the role %(role)s. Ask: %(unit)s."),
    Action.MOVE: _("Moving pages here takes the role %(role)s. Ask: %(unit)s."),
    Action.LOCK: _("Locking this page takes the role %(role)s. Ask: %(unit)s."),
    Action.RESTRICT: _("Saying who may read this takes the role %(role)s. Ask: %(unit)s."),
    Action.MODERATE: _("Approving here takes the role %(role)s. Ask: %(unit)s."),
    Action.TAKE_OVER: _("Taking over moderation takes the role %(role)s. Ask: %(unit)s."),
    Action.WITHDRAW: _("Withdrawing another editorial office's page takes the role %(role)s. Ask: %(unit)s."),
    Action.MARK_MINOR: _("Marking an edit as minor takes the role %(role)s. Ask: %(unit)s."),
    Action.ORDER: _("Ordering translations of this page takes the role %(role)s. Ask: %(unit)s."),
    Action.EXPORT: _("Exporting this takes the role %(role)s. Ask: %(unit)s."),
    Action.IMPORT: _("Importing here takes the role %(role)s. Ask: %(unit)s."),
    Action.USE_FILE: _("Using this file takes the role %(role)s. Ask: %(unit)s."),
    Action.ADD_FILE: _("Adding files here takes the role %(role)s. Ask: %(unit)s."),
    Action.EDIT_FILE: _("Changing this file takes the role %(role)s. Ask: %(unit)s."),
    Action.ASSIGN: _("Giving and taking these roles takes the role %(role)s. Ask: %(unit)s."),
    Action.ACCOUNTS: _("Managing accounts takes the role %(role)s. Ask: %(unit)s."),
    Action.SETTINGS: _("Changing the site's settings takes the role %(role)s. Ask: %(unit)s."),
    Action.REDIRECTS: _("Managing redirects takes the role %(role)s. Ask: %(unit)s."),
    Action.REPORTS: _("Reports are for the role %(role)s. Ask: %(unit)s."),
    Action.AUDIT: _("The audit log is for the role %(role)s. Ask: %(unit)s."),
}

#: What the actions are called in lists, such as the page that explains a person's rights.
LABELS: dict[Action, str | Promise] = {
    Action.SEE: _("see drafts"),
    Action.ADD: _("add pages"),
    Action.EDIT: _("edit"),
    Action.SUBMIT: _("send for moderation"),
    Action.PUBLISH: _("publish"),
    Action.UNPUBLISH: _("unpublish"),
    Action.DELETE: _("delete"),
    Action.MOVE: _("move"),
    Action.LOCK: _("lock"),
    Action.RESTRICT: _("restrict who may read"),
    Action.MODERATE: _("moderate"),
    Action.TAKE_OVER: _("take over moderation"),
    Action.WITHDRAW: _("withdraw a page with a reason"),
    Action.MARK_MINOR: _("mark an edit as minor"),
    Action.ORDER: _("order translations"),
    Action.EXPORT: _("export"),
    Action.IMPORT: _("import"),
    Action.USE_FILE: _("use pictures and documents"),
    Action.ADD_FILE: _("add pictures and documents"),
    Action.EDIT_FILE: _("change pictures and documents"),
    Action.ASSIGN: _("give and take roles"),
    Action.ACCOUNTS: _("manage accounts"),
    Action.SETTINGS: _("change settings"),
    Action.REDIRECTS: _("manage redirects"),
    Action.REPORTS: _("read reports"),
    Action.AUDIT: _("read the audit log"),
    Action.MAINTAIN: _("maintain the installation"),
}
