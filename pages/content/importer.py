"""Imports a content tree (docs/content-format.md)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction

from cms.access.audit.events import Event
from cms.access.audit.log import record
from pages.content.apply import Apply
from pages.content.checks import Checker
from pages.content.library import Library
from pages.content.plan import make_plan
from pages.content.problems import ContentError
from pages.content.report import Action, PageReport, Report
from pages.content.site import Site
from pages.content.tree import Tree, read_tree
from pages.content.values import Names
from pages.tree import ensure_trees


def import_tree(
    root: Path,
    *,
    dry_run: bool = False,
    user: Any = None,
    overwrite_drafts: bool = False,
    progress: Callable[[str], None] | None = None,
) -> Report:
    """Make the site's pages what the tree at ``root`` says; pages that are not in it stay as they are.

    Everything happens or nothing: one transaction. Raises ``ContentError`` with every problem of
    every file. ``dry_run`` compares and writes nothing. Pages that an editor has changed and not
    published are a problem unless ``overwrite_drafts``. ``user`` is named in the pages' history.
    """
    tree = read_tree(Path(root), progress)
    library = Library(user)
    try:
        with transaction.atomic():
            report = _import(tree, library, dry_run, user, overwrite_drafts, progress)
            if dry_run:
                transaction.set_rollback(True)
            elif report.changes:
                _record(report, user)
    except BaseException:
        # The rows are rolled back; the files would stay.
        library.forget_files()
        raise
    return report


def _import(
    tree: Tree,
    library: Library,
    dry_run: bool,
    user: Any,
    overwrite_drafts: bool,
    progress: Callable[[str], None] | None,
) -> Report:
    ensure_trees()
    site = Site()
    problems = [*tree.problems, *Checker(tree, site).problems()]
    if problems:
        raise ContentError(problems)
    names = Names(site, library.digests.get, _no_picture)
    plan = make_plan(tree, site, names, overwrite_drafts=overwrite_drafts)
    if plan.problems:
        raise ContentError(plan.problems)
    report = Report(dry=dry_run, moved=len(plan.moves))
    report.pages = [PageReport(entry.file.name, *entry.document.where, action=entry.action) for entry in plan.entries]
    if not dry_run:
        Apply(tree, site, names, library, user).run(plan, report, progress)
    return report


def _record(report: Report, user: Any) -> None:
    created, changed = len(report.of(Action.CREATED)), len(report.of(Action.CHANGED))
    # Not the folder: where on a machine the files lay is nobody's business here.
    record(Event.IMPORTED, actor=user, about="content", created=created, changed=changed, moved=report.moved)


def _no_picture(digest: str) -> int:
    raise LookupError(digest)
