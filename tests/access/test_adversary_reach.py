"""The adversary's list: another county's pages and files, reached through what one may edit, list or read oneself."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.log_actions import log
from wagtail.models import Collection

from tests.access.attacks import SECRET, Ground, client_of, form, ground, text_of
from tests.access.test_sync import person
from tests.factories import again, publish

pytestmark = pytest.mark.django_db

SECRET_FILE = "hemlig-fil"


@pytest.fixture(scope="module")
def made(shared_database: None) -> Ground:
    return ground()


@pytest.fixture
def site(made: Ground) -> Ground:
    return again(made)


@pytest.fixture
def publisher(site: Ground) -> Any:
    return person("county-publisher", "12")


def _picture(county: str, **fields: Any) -> Any:
    fields.setdefault("title", f"Bild {SECRET}")
    collection = Collection.objects.get(name=county)
    name = f"{SECRET_FILE}-{county[0]}.png"
    return get_image_model().objects.create(file=get_test_image_file(name), collection=collection, **fields)


def _document(county: str, **fields: Any) -> Any:
    collection = Collection.objects.get(name=county)
    fields.setdefault("title", f"Dokument {SECRET}")
    found = get_document_model()(collection=collection, **fields)
    found.file.save(f"{SECRET_FILE}.txt", ContentFile(f"Text med {SECRET}"))
    found.save()
    return found


def _block(kind: str, **values: Any) -> dict[str, Any]:
    """A body of one block, as the form has it."""
    fields = {"body-count": "1", "body-0-type": kind, "body-0-order": "0", "body-0-deleted": "", "body-0-id": ""}
    return fields | {f"body-0-value{name and '-' + name}".replace("_", "-"): value for name, value in values.items()}


def _related(pk: int) -> dict[str, Any]:
    listed = {"pages-count": "1", "pages-0-value": pk, "pages-0-order": "0", "pages-0-deleted": "", "pages-0-id": ""}
    return _block("related", title="Se också") | {f"body-0-value-{name}": value for name, value in listed.items()}


def _linked(attributes: dict[str, Any]) -> dict[str, Any]:
    entity = {"type": "LINK", "mutability": "MUTABLE", "data": attributes}
    line = {"key": "a", "text": "Läs mer", "type": "unstyled", "depth": 0, "inlineStyleRanges": []}
    line["entityRanges"] = [{"key": 0, "offset": 0, "length": 4}]
    return _block("text") | {"body-0-value": json.dumps({"blocks": [line], "entityMap": {"0": entity}})}


def _everything_shown(client: Client, site: Ground, body: dict[str, Any]) -> dict[str, str]:
    """What the editor gets to see of a body that she sends, and what the public does."""
    edit = f"/admin/pages/{site.own.pk}/edit/"
    seen = {"wrong": text_of(client.post(edit, form(site.own, title="", **body)))}
    client.post(f"{edit}preview/", form(site.own, **body))
    seen["preview"] = text_of(client.get(f"{edit}preview/"))
    add = f"/admin/pages/add/pages/localpage/{site.own.pk}"
    client.post(f"{add}/preview/", form(site.own, slug="ny", **body))
    seen["preview of a new page"] = text_of(client.get(f"{add}/preview/"))
    seen["new, wrong"] = text_of(client.post(f"{add}/", form(site.own, title="", slug="ny", **body)))
    seen["saved"] = text_of(client.post(edit, form(site.own, **body), follow=True))
    seen["form"] = text_of(client.get(edit))
    seen["draft"] = text_of(client.get(f"/admin/pages/{site.own.pk}/view_draft/"))
    client.post(edit, form(site.own, **body, **{"action-publish": "1"}))
    revision = site.own.get_latest_revision()
    for address in (f"{revision.pk}/view/", f"{revision.pk}/revert/", "compare/earliest...latest/"):
        seen[address] = text_of(client.get(f"/admin/pages/{site.own.pk}/revisions/{address}"))
    seen["public"] = text_of(Client().get(f"/sv/{site.own.reading_path}"))
    return seen


@pytest.mark.parametrize("way", ["related", "link"])
@pytest.mark.parametrize("which", ["draft", "live"])
def test_a_draft_chosen_by_its_number_stays_unknown(site: Ground, publisher: Any, way: str, which: str) -> None:
    chosen = getattr(site, which)
    body = _related(chosen.pk) if way == "related" else _linked({"id": chosen.pk, "url": "/x/", "parentId": 1})
    for where, shown in _everything_shown(client_of(publisher), site, body).items():
        assert SECRET not in shown, where


@pytest.mark.parametrize("role", ["county-editor", "county-publisher"])
def test_another_county_s_picture_chosen_by_its_number_is_not_shown(site: Ground, role: str) -> None:
    picture = _picture("Gotland")
    client = client_of(person(role, "12"))
    body = _block("picture", image=picture.pk, alt="x", caption="", credit="")
    for where, shown in _everything_shown(client, site, body).items():
        assert SECRET not in shown, where
        assert SECRET_FILE not in shown, where


def test_one_s_own_picture_and_a_page_that_is_published_can_be_chosen(site: Ground, publisher: Any) -> None:
    picture = _picture("Skåne", title="Egen bild")
    client = client_of(publisher)
    body = _block("picture", image=picture.pk, alt="x", caption="", credit="")
    assert f"{SECRET_FILE}-S" in _everything_shown(client, site, body)["public"]
    assert "Kurser i Skåne" in _everything_shown(client, site, _related(site.own_below.pk))["public"]


def test_a_picture_that_is_there_already_stays_when_another_edits(site: Ground) -> None:
    picture = _picture("Gotland", title="En bild")
    block = {"type": "picture", "value": {"image": picture.pk, "alt": "x", "caption": "", "credit": ""}, "id": "1"}
    publish(site.own, body=[block])
    client = client_of(person("county-editor", "12"))
    body = _block("picture", image=picture.pk, alt="ny", caption="", credit="")
    client.post(f"/admin/pages/{site.own.pk}/edit/", form(site.own, **body))
    site.own.refresh_from_db()
    value = site.own.get_latest_revision_as_object().body[0].value
    assert (value["image"], value["alt"]) == (picture, "ny")


@pytest.mark.parametrize("role", ["county-editor", "county-publisher"])
@pytest.mark.parametrize("kind", ["images", "documents"])
def test_no_file_crosses_a_county_s_border(site: Ground, role: str, kind: str) -> None:
    user = person(role, "12")
    gotland = Collection.objects.get(name="Gotland")
    root = Collection.get_first_root_node()
    make = _picture if kind == "images" else _document
    own, other = make("Skåne", uploaded_by_user=user, title="Egen fil"), make("Gotland")
    model, label = type(own), "wagtailimages/image" if kind == "images" else "wagtaildocs/document"
    one = "images/{}/" if kind == "images" else "documents/edit/{}/"
    client = client_of(user)
    script = {"X-Requested-With": "XMLHttpRequest"}
    for target in (gotland, root):
        for address, values in (
            (one.format(own.pk), {"title": "x", "collection": target.pk, "tags": ""}),
            (f"bulk/{label}/add_to_collection/?id={own.pk}", {"collection": target.pk}),
            (f"bulk/{label}/add_to_collection/?id=all", {"collection": target.pk}),
            (f"{kind}/multiple/{own.pk}/", {"title": "x", "collection": target.pk}),
        ):
            client.post(f"/admin/{address}", values, headers=script)
            own.refresh_from_db()
            assert own.collection.name == "Skåne", address
        for address in (f"{kind}/add/", f"{kind}/multiple/add/", f"{kind}/chooser/create/"):
            upload = get_test_image_file("ny.png") if kind == "images" else ContentFile(b"x", "ny.txt")
            files = {"file": upload, "files[]": upload, "image-chooser-upload-file": upload}
            for prefix in ("", "image-chooser-upload-", "document-chooser-upload-"):
                values = {f"{prefix}title": "ny", f"{prefix}collection": target.pk, **files}
                client.post(f"/admin/{address}", values, headers=script)
            assert not model.objects.filter(collection=target).exclude(pk=other.pk).exists(), address
    for query in (f"id={own.pk}&id={other.pk}", f"id={own.pk}&id=%20{other.pk}", f"id=all&childOf={gotland.pk}"):
        for action in ("delete", "add_tags", "add_to_collection"):
            address = f"/admin/bulk/{label}/{action}/?{query}"
            for answer in (client.get(address), client.post(address, {"collection": own.collection_id, "tags": "x"})):
                assert SECRET not in text_of(answer), (query, action)
    other.refresh_from_db()
    assert (other.collection_id, list(other.tags.all())) == (gotland.pk, [])


@pytest.mark.parametrize("role", ["county-editor", "county-publisher"])
def test_another_county_s_files_are_in_no_list(site: Ground, role: str) -> None:
    picture, document = _picture("Gotland"), _document("Gotland")
    picture.tags.add("hemligetikett")
    picture.save()
    client = client_of(person(role, "12"))
    gotland = picture.collection_id
    for kind, found in (("images", picture), ("documents", document)):
        for query in ("", f"?collection_id={gotland}", f"?q={SECRET}", "?tag=hemligetikett", "?ordering=title"):
            for address in ("", "results/", "chooser/", "chooser/results/"):
                answer = client.get(f"/admin/{kind}/{address}{query}")
                assert f"{found.title}" not in text_of(answer), address
        for address in (f"chooser/chosen-multiple/?id={found.pk}", f"chooser/chosen-multiple/?id=%20{found.pk}"):
            assert found.title not in text_of(client.get(f"/admin/{kind}/{address}")), address


@pytest.mark.parametrize("role", ["county-editor", "county-publisher", "national-editor", "analyst"])
def test_no_list_search_or_report_names_another_county_s_draft(site: Ground, role: str) -> None:
    user = person(role, "12" if role.startswith("county") else None)
    own_picture = _picture("Skåne", title="Egen bild") if role.startswith("county") else None
    block = [{"type": "picture", "value": {"image": own_picture and own_picture.pk, "alt": ""}, "id": "1"}]
    if own_picture:
        site.draft.body = block  # type: ignore[assignment]  # a StreamField takes raw data
    site.draft.save_revision(log_action=True, user=person("county-publisher", "09"))
    publish(site.live, title="SFI på Gotland")
    site.live.title = f"Gotlands {SECRET}"
    site.live.save_revision(log_action=True, user=user)
    client = client_of(user)
    gotland, draft, key = site.gotland.pk, site.draft.pk, site.draft.translation_key
    api = "api/main/pages/"
    for address in (
        f"pages/?edited_by={user.pk}",
        f"pages/search/?q={SECRET}",
        f"pages/search/results/?q={SECRET}&content_type=pages.localpage",
        f"pages/{gotland}/results/",
        f"pages/{gotland}/?ordering=title&q={SECRET}",
        f"pages/{site.live.pk}/",
        f"{api}?fields=*&for_explorer=1",
        f"{api}?fields=*&child_of={gotland}",
        f"{api}?fields=*&descendant_of={gotland}",
        f"{api}?fields=*&ancestor_of={draft}",
        f"{api}?fields=*&translation_of={draft}",
        f"{api}?fields=*&search={SECRET}",
        f"{api}?fields=*&slug={SECRET}",
        f"{api}?fields=*&translation_key={key}",
        f"{api}?fields=*&id={draft}",
        f"{api}?fields=*&type=pages.LocalPage&status=draft",
        f"{api}?fields=*&has_unpublished_changes=true",
        f"{api}{draft}/?fields=*",
        f"{api}{site.live.pk}/?fields=*",
        f"{api}{site.own.pk}/?fields=*",
        f"{api}find/?id={draft}",
        f"{api}find/?html_path=/lan/gotland/{SECRET}/",
        f"choose-page/?q={SECRET}",
        f"choose-page/search/?q={SECRET}&page_type=pages.localpage",
        f"choose-page/{gotland}/?page_type=pages.localpage",
        f"choose-page/{site.live.pk}/",
        f"choose-page/chosen-multiple/?id={site.own.pk}&id={draft}",
        f"choose-page/chosen-multiple/?id=%20{draft}",
        f"choose-page/chosen-multiple/?id={site.live.pk}",
        f"choose-page/external-link/?link_url=http://testserver/sv/lan/gotland/{SECRET}/",
        "pages/add/pages/localpage/choose_parent/",
        "overview/?where=gotland",
        f"overview/?where=gotland&q={SECRET}",
        "reports/site-history/?export=csv",
        "reports/site-history/?export=xlsx",
        f"reports/site-history/?label={SECRET}",
        "reports/aging-pages/?export=csv",
        "reports/aging-pages/?export=xlsx",
        "audit/?export=csv",
        "",
        *([f"images/usage/{own_picture.pk}/"] if own_picture else []),
    ):
        answer = client.get(f"/admin/{address}")
        said = text_of(answer).replace(address, "").replace(f'value="{SECRET}"', "")
        assert f"Gotlands {SECRET}" not in said, address
        assert f"gotland/{SECRET}/" not in said.replace(f"/sv/lan/gotland/{SECRET}/", ""), address


def test_the_site_s_history_names_no_file_and_no_person_of_another_county(site: Ground, publisher: Any) -> None:
    other = person("county-publisher", "09")
    log(instance=_picture("Gotland"), action="wagtail.edit", user=other)
    log(instance=_document("Gotland"), action="wagtail.delete", user=other)
    site.live.save_revision(user=other, log_action=True)
    client = client_of(publisher)
    for address in ("reports/site-history/", "reports/site-history/?export=csv", "reports/site-history/results/"):
        shown = text_of(client.get(f"/admin/{address}"))
        assert SECRET not in shown, address
        assert other.email not in shown, address


def test_the_explorer_s_filters_name_nobody_of_another_county(site: Ground, publisher: Any) -> None:
    other, colleague = person("county-publisher", "09"), person("county-editor", "12")
    for page, user in ((site.live, other), (site.own, colleague)):
        page.owner = user
        page.save(update_fields=["owner"])
        page.save_revision(user=user, log_action=True)
    client = client_of(publisher)
    below = f"pages/{site.skane.pk}/"
    for address in (
        below,
        f"{below}results/",
        f"{below}?q=sfi",
        "pages/search/?q=sfi",
        f"pages/{site.own.pk}/history/",
    ):
        assert other.email not in text_of(client.get(f"/admin/{address}")), address
    assert colleague.email in text_of(client.get(f"/admin/{below}"))
