"""Machine translation: the providers that ``VAGVISARE_MACHINE`` names, and what they may cost.

A provider is ``<kind>+http(s)://host[:port][/path]`` with what else it needs behind a ``?``:

* ``key``: its secret, URL-encoded;
* ``model``: of an OpenAI-compatible server, which it must say;
* ``name``: what it is called here, where there are two of a kind; the kind unless said;
* ``codes``: what this server calls a language where that is not what its API says: ``prs:fa,so:som``;
* ``budget``, ``rate``: its own, in place of ``VAGVISARE_MACHINE_BUDGET`` and ``VAGVISARE_MACHINE_RATE``.

``pseudo:`` is the one for development, which needs no server.
"""

from __future__ import annotations

import re
import sys
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from cms.languages.registry import CODES, SOURCE
from cms.settings.env import env

KINDS = ("libretranslate", "apertium", "deepl", "openai", "pseudo")
_PARAMETERS = {"key", "model", "name", "codes", "budget", "rate"}
_NAME = re.compile(r"[a-z][a-z0-9-]{0,29}")


def _whole(value: str, what: str) -> int:
    if not value.isascii() or not value.isdecimal() or len(value) > 12:
        raise ValueError(f"{what} must be a whole number")
    return int(value)


def _codes(value: str) -> dict[str, str]:
    pairs = [pair.partition(":") for pair in value.split(",") if pair]
    wrong = [ours for ours, _colon, theirs in pairs if ours not in CODES or not theirs]
    if wrong:
        raise ValueError(f"codes: each is a language of the site, a colon and the server's code; wrong: {wrong}")
    return {ours: theirs for ours, _colon, theirs in pairs}


def provider(address: str, *, budget: int, rate: int) -> dict[str, Any]:
    """One provider of ``VAGVISARE_MACHINE``. Raises ``ValueError``, which never holds the address or its key."""
    kind, _plus, rest = address.partition("+")
    kind = kind.rstrip(":")
    if kind not in KINDS:
        raise ValueError(f"no such kind of provider; the kinds are {', '.join(KINDS)}")
    parts = urlsplit(rest)
    if (kind == "pseudo") != (not rest) or (rest and (parts.scheme not in ("http", "https") or not parts.hostname)):
        raise ValueError(f"{kind}: write {'pseudo:' if kind == 'pseudo' else kind + '+https://host'}")
    if parts.username or parts.password or parts.fragment:
        raise ValueError(f"{kind}: the secret goes behind the question mark, as key=…")
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := given.keys() - _PARAMETERS:
        # The names are not shown either: who forgot the name has written the secret there.
        raise ValueError(f"{kind}: {len(unknown)} unknown parameter; there are {', '.join(sorted(_PARAMETERS))}")
    name = given.get("name", kind)
    if not _NAME.fullmatch(name):
        raise ValueError(f"{kind}: a name is of small letters, digits and hyphens")
    if kind == "openai" and not given.get("model"):
        raise ValueError("openai: model=… is missing")
    return {
        "kind": kind,
        "name": name,
        "address": f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}" if rest else "",
        "secret": given.get("key", ""),
        "model": given.get("model", ""),
        "codes": _codes(given.get("codes", "")),
        "budget": _whole(given["budget"], f"{kind}: budget") if "budget" in given else budget,
        "rate": _whole(given["rate"], f"{kind}: rate") if "rate" in given else rate,
    }


def providers(value: str, *, budget: int, rate: int) -> list[dict[str, Any]]:
    """The providers of ``VAGVISARE_MACHINE``, in their order. Raises ``ValueError``."""
    found = [provider(address, budget=budget, rate=rate) for address in value.split()]
    names = [one["name"] for one in found]
    if len(set(names)) < len(names):
        raise ValueError("two providers have one name; give one of them name=…")
    return found


def choices(value: str, names: set[str]) -> dict[str, list[str]]:
    """``VAGVISARE_MACHINE_LANGUAGES``: by language the providers that it goes to, best first. Raises ``ValueError``."""
    found: dict[str, list[str]] = {}
    for part in value.split():
        code, _equals, chosen = part.partition("=")
        if code not in CODES or code == SOURCE:
            raise ValueError(f"“{code}” is no language that is translated into")
        found[code] = [name for name in chosen.split(",") if name]
        if unknown := set(found[code]) - names:
            raise ValueError(f"{code}: VAGVISARE_MACHINE names no {', '.join(sorted(unknown))}")
    return found


def _read_or_stop() -> tuple[list[dict[str, Any]], dict[str, list[str]]]:
    name = "VAGVISARE_MACHINE"
    try:
        found = providers(env.machine, budget=env.machine_budget, rate=env.machine_rate)
        name = "VAGVISARE_MACHINE_LANGUAGES"
        return found, choices(env.machine_languages, {one["name"] for one in found})
    except ValueError as error:
        sys.exit(f"The environment is wrong:\n{name}: {error}.")


#: The providers, best first; ``secret`` is never to be shown. ``budget``: characters a month and language,
#: ``rate``: requests a minute; 0 is no limit for the rate, and nothing at all for the budget.
MACHINE_PROVIDERS, MACHINE_LANGUAGES = _read_or_stop()
