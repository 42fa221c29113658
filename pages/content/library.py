"""Pictures of the site: found by their content, made where they are missing."""

from __future__ import annotations

from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.utils.text import slugify
from wagtail.images import get_image_model
from wagtail.models import Collection

from cms.access.grants import collection_name
from cms.access.scopes import LOCAL_SEGMENT
from cms.geography.models import County
from pages.content.pictures import PictureFile, digest_of


class Library:
    """The pictures of the site by the SHA-1 of their files."""

    def __init__(self, user: Any = None) -> None:
        self.user = user
        self.made = 0
        self._new_files: list[str] = []

    @cached_property
    def digests(self) -> dict[int, str]:
        """Each picture's digest, by id."""
        return {pk: digest for pk, digest, _collection in self._rows}

    @cached_property
    def _rows(self) -> list[tuple[int, str, int]]:
        rows = []
        images = get_image_model().objects.order_by("pk")
        for image in images.only("pk", "file", "file_hash", "collection_id"):
            digest = image.file_hash or _digest_of_file(image)
            if digest:
                rows.append((image.pk, digest, image.collection_id))
        return rows

    @cached_property
    def _by_content(self) -> dict[tuple[str, int], int]:
        return {(digest, collection): pk for pk, digest, collection in reversed(self._rows)}

    @cached_property
    def _collections(self) -> dict[str, int]:
        return dict(Collection.objects.filter(depth=2).values_list("name", "pk"))

    @cached_property
    def _county_names(self) -> dict[str, str]:
        return {county.slug: collection_name(county) for county in County.objects.all()}

    def collection_of(self, path: str) -> int:
        """The collection of the pictures of the page at ``path``: its county's, or the nation's."""
        segments = path.split("/")
        name = self._county_names[segments[1]] if segments[0] == LOCAL_SEGMENT else collection_name(None)
        if name not in self._collections:
            root = Collection.get_first_root_node() or Collection.add_root(name="Root")
            self._collections[name] = Collection.objects.get(pk=root.pk).add_child(name=name).pk
        return self._collections[name]

    def ensure(self, picture: PictureFile, path: str) -> int:
        """The id of the picture for the page at ``path``."""
        collection = self.collection_of(path)
        known = self._by_content.get((picture.digest, collection))
        if known is None:
            known = self._make(picture, collection)
            self._by_content[picture.digest, collection] = known
            self.digests[known] = picture.digest
        return known

    def _make(self, picture: PictureFile, collection: int) -> int:
        image = get_image_model()(
            title=PurePosixPath(picture.name).stem,
            collection_id=collection,
            uploaded_by_user=self.user,
            file_size=len(picture.data),
            file_hash=picture.digest,
        )
        left_over = self._place(image, picture, collection)
        image.save()
        if not left_over:
            self._new_files.append(image.file.name)
        self.made += 1
        return int(image.pk)

    def _place(self, image: Any, picture: PictureFile, collection: int) -> bool:
        """Choose the picture's file; returns whether it lies there already.

        An import that was killed leaves files that no row knows. They are used again, so that the
        same tree always gives the same names.
        """
        path = PurePosixPath(picture.name)
        owner = next(name for name, pk in self._collections.items() if pk == collection)
        storage = image.file.storage
        names = [picture.name, f"{path.stem}-{slugify(owner)}{path.suffix}"]
        for name in names:
            place = image.get_upload_to(name)
            if not storage.exists(place):
                image.file = ContentFile(picture.data, name=name)
                return False
            if not type(image).objects.filter(file=place).exists() and _read(storage, place) == picture.data:
                image.file = place
                image.width, image.height = image.file.width, image.file.height
                return True
        image.file = ContentFile(picture.data, name=names[-1])
        return False

    def forget_files(self) -> None:
        """Remove the files that were written, when their rows are not to be."""
        storage = get_image_model()._meta.get_field("file").storage
        for name in self._new_files:
            storage.delete(name)
        self._new_files.clear()


def _read(storage: Any, name: str) -> bytes:
    with storage.open(name) as file:
        return bytes(file.read())


def file_of(image: Any) -> bytes | None:
    """The bytes of the picture's file; ``None`` where the file is gone."""
    try:
        return _read(image.file.storage, image.file.name)
    except (OSError, ValueError):
        return None


def _digest_of_file(image: Any) -> str:
    data = file_of(image)
    return digest_of(data) if data is not None else ""
