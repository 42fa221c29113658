"""Addresses: how a page's place in its tree and its public address belong together.

Every language has two trees: the national one, whose root is the home page ``home-<code>``, and the
local one, ``lan-<code>``, whose children are the counties. They stand beside each other, so that
permission on the national tree says nothing about a county's pages. Slugs are the same in every
language, so a page's address without its language (its *path*, ``att-bo/hyra-bostad/``) is one for
all its versions: ``/sv/att-bo/hyra-bostad/``, ``/ar/att-bo/hyra-bostad/``.
"""

from __future__ import annotations

from collections.abc import Iterable

from cms.access.scopes import HOME_ROOT, LOCAL_ROOT, LOCAL_SEGMENT

#: First segments that a national page cannot have, because something else answers there.
RESERVED_SEGMENTS = frozenset({LOCAL_SEGMENT, "search"})


def url_path(path: str, code: str) -> str:
    """Wagtail's ``url_path`` of the version in ``code`` of the page at ``path`` (``""`` is home).

    >>> url_path("att-bo/", "ar"), url_path("lan/skane/", "ar")
    ('/home-ar/att-bo/', '/lan-ar/skane/')
    """
    segments = [segment for segment in path.split("/") if segment]
    if segments and segments[0] == LOCAL_SEGMENT:
        root, segments = f"{LOCAL_ROOT}{code}", segments[1:]
    else:
        root = f"{HOME_ROOT}{code}"
    return "/" + "/".join([root, *segments]) + "/"


def url_paths(path: str, codes: Iterable[str]) -> list[str]:
    """``url_path`` for each of ``codes``."""
    return [url_path(path, code) for code in codes]


def parent_path(path: str) -> str:
    """The path above: ``att-bo/`` of ``att-bo/hyra-bostad/``, ``""`` (home) of ``att-bo/``."""
    return path.rstrip("/").rpartition("/")[0] + "/" if "/" in path.rstrip("/") else ""


def address(path: str, code: str) -> str:
    """The public address of ``path`` in the language ``code``: ``/ar/att-bo/``."""
    return f"/{code}/{path}"
