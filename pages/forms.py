"""The editor's form of a page."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks.base import BlockWidget
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.access.actions import Action
from cms.access.policy import decide
from cms.access.sight import knowable
from cms.languages.registry import SOURCE
from pages.blocks.chosen import Chosen, chosen_in, without


class BodyWidget(BlockWidget):
    """The body's blocks, without pages that the user may not know of and pictures that are not hers to use.

    A form can name any number, and Wagtail's chooser, preview and editor then show whose it is. What
    the page had before stays: others may have chosen it.
    """

    def __init__(self, block_def: Any, attrs: Any, user: Any, there: Chosen) -> None:
        super().__init__(block_def, attrs=attrs)
        self._user = user
        self._there = there

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        raw = self.block_def.get_prep_value(value)
        refused = self._refused(chosen_in(raw) - self._there)
        return self.block_def.to_python(without(raw, refused)) if refused else value

    def _refused(self, new: Chosen) -> Chosen:
        pages, pictures = set(new.pages), set(new.pictures)
        if pages:
            pages -= set(knowable(Page.objects.filter(pk__in=pages), self._user).values_list("pk", flat=True))
        if pictures:
            found = get_image_model().objects.filter(pk__in=pictures).select_related("collection")
            pictures -= {image.pk for image in found if decide(self._user, Action.USE_FILE, image)}
        return Chosen(frozenset(pages), frozenset(pictures))


class PageForm(WagtailAdminPageForm):
    """Every page type's form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("body")
        if field is not None and self.for_user is not None:
            there = chosen_in(self.instance.body.get_prep_value())
            field.widget = BodyWidget(field.widget.block_def, field.widget.attrs, self.for_user, there)
        minor = self.fields.get("minor_edit")
        if minor is not None:
            # Said anew of each edit, and only of a source that was published before.
            self.initial["minor_edit"] = False
            source = self.instance.pk and self.instance.live and self.instance.language.code == SOURCE
            if not source or not decide(self.for_user, Action.MARK_MINOR, self.instance):
                minor.disabled = True
