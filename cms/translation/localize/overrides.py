"""What a translation may put in place of a source's address. Wagtail-localize takes any text."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail_localize.models import OverridableSegment, SegmentOverride

_SCHEME = re.compile(r"([^/?#:]*):")
#: What browsers leave out when they read an address.
_IGNORED = re.compile(r"[\x00-\x20\x7f]")
_HARMLESS = {"http", "https", "mailto", "tel"}


def is_choice(segment_id: int) -> bool:
    """Whether what can be overridden here is a page or a file, chosen by its number, and not an address."""
    found = OverridableSegment.objects.filter(pk=segment_id).first()
    return found is not None and not isinstance(found.data, str)


def is_harmless(address: str) -> bool:
    """Whether following the address runs nothing: relative, an e-mail address, or with a known beginning."""
    scheme = _SCHEME.match(_IGNORED.sub("", address))
    return scheme is None or scheme[1].lower() in _HARMLESS


@receiver(pre_save, sender=SegmentOverride)
def _refuse_scripts(instance: SegmentOverride, **_kwargs: Any) -> None:
    """The address gets into the page and into its preview, where an editor would follow it signed in."""
    if isinstance(instance.data, str) and not is_harmless(instance.data):
        raise BadRequest("not an address that can be followed")
