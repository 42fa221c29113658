"""The picture files of a tree: only what is a picture, and nothing that could do anything."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError
from willow.svg import SvgWrapper, WillowSvgException

#: PIL's names of the formats, by the end of the file's name.
_FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP", "gif": "GIF", "avif": "AVIF"}
_SVG = "{http://www.w3.org/2000/svg}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_HREFS = frozenset({"href", "{http://www.w3.org/1999/xlink}href", "src"})
#: Elements that draw; what is not here (script, foreignObject, a, animate …) is refused.
_DRAWING = frozenset(
    re.findall(
        r"\w+",
        "svg g defs symbol use title desc metadata path rect circle ellipse line polyline polygon text tspan textPath "
        "image switch view style marker pattern mask clipPath linearGradient radialGradient stop filter feBlend "
        "feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap "
        "feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode "
        "feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence",
    )
)
_INSIDE = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp);)")
# A backslash could write any of these in a way that is not seen here.
_URL = re.compile(r"url\(\s*+(?!['\"]?#)|@import|javascript:|expression\(|\\", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture: the name of its file without the folder, its bytes, their SHA-1 as Wagtail keeps it."""

    name: str
    data: bytes = field(repr=False)
    digest: str


def digest_of(data: bytes) -> str:
    """SHA-1 of the bytes, which is what ``Image.file_hash`` holds."""
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


def read_picture_file(root: Path, name: str) -> tuple[PictureFile | None, str]:
    """The picture ``name`` (``pictures/door.svg``) below ``root``, or what is wrong with it."""
    path = root / name
    if not path.resolve().is_relative_to(root.resolve()) or path.is_symlink():
        return None, _("The path “%(path)s” leaves the folder.") % {"path": name}
    if not path.is_file():
        return None, _("There is no picture %(path)s.") % {"path": name}
    if path.stat().st_size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        megabytes = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE // 1024**2
        return None, _("%(path)s is larger than %(size)d MB.") % {"path": name, "size": megabytes}
    data = path.read_bytes()
    what = complaint_about(data, name)
    return (None, f"{name}: {what}") if what else (PictureFile(path.name, data, digest_of(data)), "")


def complaint_about(data: bytes, name: str) -> str:
    """What is wrong with a picture's file of this name; nothing where it is a picture and only that."""
    extension = PurePosixPath(name).suffix[1:].lower()
    if extension not in settings.WAGTAILIMAGES_EXTENSIONS:
        known = ", ".join(settings.WAGTAILIMAGES_EXTENSIONS)
        return _("This is not a picture of a kind that the site shows (%(kinds)s).") % {"kinds": known}
    return _complaint_about_svg(data) if extension == "svg" else _complaint_about_pixels(data, extension)


def _complaint_about_pixels(data: bytes, extension: str) -> str:
    try:
        with Image.open(BytesIO(data), formats=[_FORMATS[extension]]) as image:
            image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return _("This is not a picture of the kind that its name says.")
    return ""


def _complaint_about_svg(data: bytes) -> str:
    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        return _("A drawing may not have a DOCTYPE.")
    except (ParseError, ValueError):
        return _("This is not a picture of the kind that its name says.")
    if root.tag != f"{_SVG}svg":
        return _("This is not a picture of the kind that its name says.")
    if b"<?xml-stylesheet" in data:
        return _("A drawing may not load anything from elsewhere.")
    for element in root.iter():
        what = _complaint_about_element(element)
        if what:
            return what
    try:
        SvgWrapper.from_file(BytesIO(data))
    except (WillowSvgException, ValueError, ZeroDivisionError):
        return _("The drawing has no size: give it a viewBox.")
    return ""


def _complaint_about_element(element: Element) -> str:
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    if tag.startswith(_XHTML) or (tag.startswith(_SVG) and tag.removeprefix(_SVG) not in _DRAWING):
        return _("A drawing may not have a <%(tag)s>.") % {"tag": tag.rpartition("}")[2]}
    for name, value in element.attrib.items():
        if name.lower().startswith("on"):
            return _("A drawing may not have an %(attribute)s.") % {"attribute": name}
        if (name in _HREFS and not _INSIDE.match(value)) or _URL.search(value):
            return _("A drawing may not load anything from elsewhere.")
    if _URL.search(element.text or "") and tag == f"{_SVG}style":
        return _("A drawing may not load anything from elsewhere.")
    return ""
