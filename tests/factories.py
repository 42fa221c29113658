"""Pages for tests, made as the site makes them."""

from __future__ import annotations

import uuid
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, cast

from django.db.models import Model
from wagtail.models import Locale, Page

from pages.addresses import parent_path, url_path
from pages.models import ArticlePage, BasePage, HomePage
from pages.tree import ensure_local_root

T = TypeVar("T")


def again(made: T) -> T:
    """What a module's fixture made, read again: a test finds nothing that another one did to the objects.

    A row, or rows in a dictionary or in a dataclass's fields.
    """
    found: Any = made
    if isinstance(made, Model):
        found = type(made)._default_manager.get(pk=made.pk)
    elif isinstance(made, dict):
        found = {key: again(value) for key, value in made.items()}
    elif is_dataclass(made) and not isinstance(made, type):
        found = type(made)(**{field.name: again(getattr(made, field.name)) for field in fields(made)})
    return cast(T, found)


def paragraphs(*texts: str) -> list[dict[str, Any]]:
    """A body with a text block a paragraph."""
    return [{"type": "text", "value": f"<p>{text}</p>", "id": str(uuid.uuid4())} for text in texts]


def page_at(path: str, code: str = "sv") -> BasePage:
    """The page at ``path`` (``"att-bo/"``) in ``code``, published or not."""
    page = Page.objects.get(url_path=url_path(path, code)).specific
    assert isinstance(page, BasePage)
    return page


def make_home(code: str = "sv", **fields: Any) -> HomePage:
    """The published home page of a language; Swedish is there already and gets published."""
    existing = Page.objects.filter(url_path=url_path("", code)).first()
    if existing is not None:
        home: HomePage = existing.specific
        for name, value in fields.items():
            setattr(home, name, value)
        home.save_revision().publish()
        home.refresh_from_db()
        return home
    source = HomePage.objects.get(url_path=url_path("", "sv"))
    home = HomePage(
        title=fields.pop("title", f"Home {code}"),
        slug=f"home-{code}",
        locale=Locale.objects.get(language_code=code),
        translation_key=source.translation_key,
        **fields,
    )
    Page.get_first_root_node().add_child(instance=home)
    home.save_revision().publish()
    home.refresh_from_db()
    return home


def make_page(
    path: str, code: str = "sv", model: type[BasePage] = ArticlePage, *, live: bool = True, **fields: Any
) -> BasePage:
    """A page at ``path`` below an existing parent; in another language than Swedish, a translation."""
    if path.startswith("lan/"):
        ensure_local_root(code)
    parent = Page.objects.get(url_path=url_path(parent_path(path), code))
    fields.setdefault("title", f"{path} {code}")
    if "body" not in fields:
        fields["body"] = paragraphs(f"Text of {path} in {code}.")
    page = model(
        slug=path.rstrip("/").rpartition("/")[2], locale=Locale.objects.get(language_code=code), live=False, **fields
    )
    source = Page.objects.filter(url_path=url_path(path, "sv")).first() if code != "sv" else None
    if source is not None:
        page.translation_key = source.translation_key
    parent.add_child(instance=page)
    if live:
        page.save_revision().publish()
        page.refresh_from_db()
    else:
        page.save_revision()
    return page


def publish(page: BasePage, **fields: Any) -> BasePage:
    """Change fields of the page and publish."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    page.refresh_from_db()
    return page
