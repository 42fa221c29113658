"""The content of the matrix: the same things in each place and language, each with a secret of its own."""

from __future__ import annotations

import base64
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale, Page, Site, UploadedFile, WorkflowPage

from cms.access.models import ModerationTask, RoleAssignment
from cms.access.sync import sync
from cms.geography.models import County
from cms.translation.localize import join
from cms.translation.records import joined as note_joined
from pages.models import ArticlePage, BasePage, CountyPage, LocalPage, Publisher
from search.models import BestBet, Synonyms
from tests.access.matrix.site_translation import keys_of, order_and_hold, whole_site, work
from tests.factories import make_home, make_page, page_at, paragraphs, publish

#: The places by the path of their topmost page.
PATHS = {"skane": "lan/skane/", "gotland": "lan/gotland/", "national": ""}
COLLECTIONS = {"skane": "Skåne", "gotland": "Gotland", "national": "National"}
LANGUAGES = ("sv", "ar", "so")
#: A one-pixel picture, for what is uploaded.
PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


@dataclass(frozen=True)
class Cell:
    """A place and a language; ``""`` where a thing has none."""

    place: str = ""
    language: str = ""

    def __str__(self) -> str:
        return "/".join(part for part in (self.place, self.language) if part) or "site"


def secret(place: str, language: str) -> str:
    """The words that only who may see drafts there may read."""
    return f"HEMLIGT {place} {language}"


@dataclass
class Content:
    """Ids and words of what there is: for the whole site, for a place, and for a place in a language."""

    values: dict[Cell, dict[str, Any]] = field(default_factory=dict)
    #: The place of each source by its translation key.
    places: dict[uuid.UUID, str] = field(default_factory=dict)

    def at(self, cell: Cell) -> dict[str, Any]:
        """Everything that an address may name when the cell is its target."""
        found: dict[str, Any] = dict(self.values[Cell()])
        for part in (Cell(cell.place), cell):
            found |= self.values.get(part, {})
        return found | {"place": cell.place, "language": cell.language}


def _superuser() -> Any:
    return get_user_model().objects.create_superuser("root@example.org", password="a long password")


def _top(place: str, language: str) -> BasePage:
    path = PATHS[place]
    if place == "national":
        return make_home(language)
    if language == "sv":
        return publish(page_at(path))
    return make_page(path, language, CountyPage, title=f"{place} {language}", county=County.objects.get(slug=place))


def _draft_of(page: BasePage, title: str) -> Any:
    page.title = title
    return page.save_revision()


def _pages(place: str, language: str, root: Any) -> dict[str, Any]:
    model: type[BasePage] = ArticlePage if place == "national" else LocalPage
    words = secret(place, language)
    values: dict[str, Any] = {"app": "pages", "model": model._meta.model_name}
    top = _top(place, language)
    made: dict[str, BasePage] = {"top": top}
    path = PATHS[place]
    for name in ("draft", "live", "parent", "waiting", "locked", "scheduled", "joined", "fresh", "sent", "held"):
        live = name in {"live", "parent", "joined", "fresh", "locked", "sent", "held"}
        title = f"{name} {place} {language}" if live else words
        made[name] = make_page(f"{path}{name}/", language, model, title=title, live=live, **_said(path, name, language))
    _draft_of(made["draft"], f"{words} nu")
    values["live_public_revision"] = made["live"].latest_revision_id
    _draft_of(made["live"], f"{words} utkast")
    workflow = made["waiting"].get_workflow()
    assert workflow is not None
    state = workflow.start(made["waiting"], root)
    values |= {
        "workflow_state": state.pk,
        "task_state": state.current_task_state_id,
        "task": state.current_task_state.task_id,
    }
    Page.objects.filter(pk=made["locked"].pk).update(locked=True, locked_by=root, locked_at=timezone.now())
    made["scheduled"].go_live_at = timezone.now() + timedelta(days=9)
    made["scheduled"].save_revision(approved_go_live_at=made["scheduled"].go_live_at)
    for name, page in made.items():
        page = Page.objects.get(pk=page.pk).specific
        values |= {name: page.pk, f"{name}_slug": page.slug, f"{name}_revision": page.latest_revision_id}
    values["draft_first_revision"] = made["draft"].revisions.order_by("pk").first().pk
    return values


def _said(path: str, name: str, language: str) -> dict[str, Any]:
    """The text of what is to be joined, built alike in every language."""
    if name not in {"joined", "sent"}:
        return {}
    if language != "sv":
        first, *rest = page_at(f"{path}{name}/").body.get_prep_value()
        return {"body": [first | {"value": f"<p>{language}</p>"}, *rest]}
    contact = dict.fromkeys(("name", "about", "phone", "address", "hours"), "")
    contact |= {"name": "Enheten", "email": "sv@example.org", "url": "https://example.org/"}
    return {"body": [*paragraphs("Svenska."), {"type": "contact", "value": contact, "id": str(uuid.uuid4())}]}


def _join(place: str, language: str, name: str = "joined") -> dict[str, Any]:
    """Join the translated page to its source; what wagtail-localize keeps of it."""
    path = f"{PATHS[place]}{name}/"
    source, target = page_at(path), page_at(path, language)
    joined = join(source, target)
    assert joined.aligned, joined
    note_joined(target)
    translations = apps.get_model("wagtail_localize", "Translation")
    translation = translations.objects.get(
        source__object_id=source.translation_key, target_locale=Locale.objects.get(language_code=language)
    )
    segment = translation.source.stringsegment_set.first()
    override = translation.source.overridablesegment_set.first()
    return {
        "translation": translation.pk,
        "translation_uuid": str(translation.uuid),
        "source": translation.source_id,
        "segment": segment.pk,
        "segment_text": segment.string.data,
        "segment_context": segment.context.path,
        "override": override.pk,
    }


def _files(place: str, root: Any) -> dict[str, Any]:
    collection = Collection.objects.get(name=COLLECTIONS[place])
    words = secret(place, "sv")
    image = get_image_model().objects.create(
        title=f"{words} bild", file=get_test_image_file(), collection=collection, uploaded_by_user=root
    )
    document = get_document_model()(title=f"{words} dokument", collection=collection, uploaded_by_user=root)
    document.file.save("a.txt", ContentFile("text"))
    document.save()
    return {
        "collection": collection.pk,
        "image": image.pk,
        "document": document.pk,
        "county": {"skane": "12", "gotland": "09"}.get(place, ""),
    }


def _upload(model: Any, user: Any, name: str) -> int:
    upload = UploadedFile(for_content_type=ContentType.objects.get_for_model(model), uploaded_by_user=user)
    upload.file.save(name, ContentFile(PIXEL))
    upload.save()
    return upload.pk


def _passkey(user: Any) -> int:
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "x"}).pk


def _whole_site(root: Any) -> dict[str, Any]:
    site = Site.objects.get(is_default_site=True)
    other = get_user_model().objects.create_user("other@example.org", password="a long password")
    publisher = Publisher.objects.create(site=site, language="sv", name="Utgivaren")
    session = EditingSession.objects.create(user=root, content_object=site, last_seen_at=timezone.now())
    redirect = Redirect.objects.create(old_path="/gammalt", site=site, redirect_link="https://example.org/")
    return {
        "root": root.pk,
        "other": other.pk,
        "publisher": publisher.pk,
        "redirect": redirect.pk,
        "site": site.pk,
        "locale": Locale.objects.get(language_code="ar").pk,
        "group": Group.objects.create(name="en grupp").pk,
        "workflow": WorkflowPage.objects.get().workflow_id,
        "any_task": ModerationTask.objects.get().pk,
        "workflow_page": WorkflowPage.objects.get().page_id,
        "image_upload": _upload(get_image_model(), root, "x.gif"),
        "document_upload": _upload(get_document_model(), root, "x.txt"),
        "passkey": _passkey(root),
        "a_collection": Collection.objects.get(name="Gotland").pk,
        "session": 0,
        "another_session": session.pk,
    }


def _words_of_search(language: str, page: int) -> dict[str, Any]:
    """What editors gave to search in a language."""
    synonyms = Synonyms.objects.create(language=language, words="kvittoord\nbladverk")
    best_bet = BestBet.objects.create(language=language, queries="bladverk", page_id=page)
    return {"synonyms": synonyms.pk, "best_bets": best_bet.pk}


def build() -> Content:
    """Make it all. About 80 pages."""
    root = _superuser()
    content = Content({Cell(): {}})
    for place in PATHS:
        for language in LANGUAGES:
            content.values[Cell(place, language)] = _pages(place, language, root)
        for language in LANGUAGES[1:]:
            content.values[Cell(place, language)] |= _join(place, language)
            _join(place, language, "sent")
        content.values[Cell(place)] = _files(place, root)
    for place, county in (("skane", "12"), ("gotland", "09")):
        user = get_user_model().objects.create_user(f"{place}@hemligt.example")
        assignment = RoleAssignment.objects.create(user=user, role="county-editor", county_id=county)
        content.values[Cell(place)] |= {"assignment": assignment.pk, "holder": user.pk, "role": "county-editor"}
    user = get_user_model().objects.create_user("national@hemligt.example")
    assignment = RoleAssignment.objects.create(user=user, role="national-editor")
    content.values[Cell("national")] |= {"assignment": assignment.pk, "holder": user.pk, "role": "national-editor"}
    sync()
    content.values[Cell()] = _whole_site(root) | whole_site(root)
    for place, language in [(place, language) for place in PATHS for language in LANGUAGES]:
        elsewhere = {"skane": "gotland", "gotland": "skane", "national": "national"}[place]
        other = "ar" if place == "national" and language != "ar" else "sv" if place == "national" else language
        values = content.values[Cell(place, language)]
        values["elsewhere"] = content.values[Cell(elsewhere, other)]["live"]
        order = "so" if language != "so" else "ar"
        if place == "national":
            values |= _words_of_search(language, values["parent"])
        values["order_locale"] = Locale.objects.get(language_code=order).pk
    for place in PATHS:
        content.places |= dict.fromkeys(keys_of(page_at(PATHS[place])), place)
        content.values[Cell(place, "sv")] |= order_and_hold(PATHS[place], LANGUAGES[1:], root)
        for language in LANGUAGES[1:]:
            content.values[Cell(place, language)] |= work(PATHS[place], language, secret(place, language), root)
    return content
