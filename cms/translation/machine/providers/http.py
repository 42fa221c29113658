"""Asking a provider's server: with time limits, back-off and a limit to the answer; secrets stay out of errors.

Nothing is read from the environment (no proxies, no ``.netrc``), and no redirect is followed: the
key and the texts go to the host that the settings name, and to no other.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

import requests
from django.utils.translation import gettext as _

from cms.translation.machine.providers.base import BadAnswerError, ProviderError, nothing

#: Seconds: to connect, between two pieces of the answer, and for the whole of it.
CONNECT, READ, WHOLE = 5.0, 30.0, 90.0
#: Between two pieces of the answer to a question that a person may wait for.
HASTY = 8.0
LARGEST_ANSWER = 4 * 1024 * 1024
#: Seconds before each new try, where the server doesn't say; and the longest that it may ask for.
BACK_OFF = (1.0, 3.0, 9.0)
LONGEST_WAIT = 30.0
_CHUNK = 64 * 1024
_SHOWN = 200


@dataclass(slots=True)
class Client:
    """The requests to one server. ``before`` is called before each, tries again included."""

    address: str
    secret: str = field(default="", repr=False)
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    before: Callable[[], None] = nothing
    sleep: Callable[[float], None] = time.sleep
    timeout: tuple[float, float] = (CONNECT, READ)
    whole: float = WHOLE
    back_off: tuple[float, ...] = BACK_OFF
    hasty: tuple[float, float] = (CONNECT, HASTY)

    @property
    def host(self) -> str:
        """The server for people: its host and port."""
        return urlsplit(self.address).netloc

    def get(self, path: str, **params: str) -> Any:
        """What the server answers, from JSON; soon or not at all, since a person may wait. Raises ``ProviderError``."""
        return self._ask(self.back_off[:1], "GET", path, params=params, timeout=self.hasty)

    def post(self, path: str, **body: Any) -> Any:
        """What the server answers to ``json=…`` or ``data=…``, from JSON. Raises ``ProviderError``."""
        return self._ask(self.back_off, "POST", path, **body, timeout=self.timeout)

    def _ask(self, waits: tuple[float, ...], method: str, path: str, **options: Any) -> Any:
        for wait in (*waits, None):
            self.before()
            again = wait
            try:
                status, retry_after, body = self._once(method, path, options)
            except requests.RequestException as error:
                # Its text and its cause hold the address.
                problem = self._unreachable(error)
            else:
                if status < 300:
                    return self._json(body)
                problem = self._refused(status, body)
                if status != 429 and status < 500:
                    raise ProviderError(problem)
                if again is not None and retry_after is not None:
                    again = retry_after
            if again is None:
                raise ProviderError(problem)
            self.sleep(again)
        raise AssertionError("the last try raises")

    def _once(self, method: str, path: str, options: dict[str, Any]) -> tuple[int, float | None, bytes]:
        with requests.Session() as session:
            session.trust_env = False
            session.headers.update(self.headers)
            ends = time.monotonic() + self.whole
            with session.request(
                method, f"{self.address}{path}", allow_redirects=False, stream=True, **options
            ) as answer:
                body = bytearray()
                for chunk in answer.iter_content(_CHUNK):
                    body += chunk
                    if len(body) > LARGEST_ANSWER:
                        raise BadAnswerError(
                            _("%(host)s answered with more than %(size)d MB.")
                            % {"host": self.host, "size": LARGEST_ANSWER // 1024 // 1024}
                        )
                    if time.monotonic() > ends:
                        raise requests.Timeout
                return answer.status_code, _seconds(answer.headers.get("Retry-After")), bytes(body)

    def _json(self, body: bytes) -> Any:
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            raise BadAnswerError(_("%(host)s answered with what is no JSON.") % {"host": self.host}) from None

    def _unreachable(self, error: requests.RequestException) -> str:
        if isinstance(error, requests.Timeout):
            return _("%(host)s did not answer in time.") % {"host": self.host}
        return _("%(host)s can't be reached.") % {"host": self.host}

    def _refused(self, status: int, body: bytes) -> str:
        if 300 <= status < 400:
            return _("%(host)s sends us elsewhere (%(status)d). Texts and keys go nowhere but where settings say.") % {
                "host": self.host,
                "status": status,
            }
        said = self._without_secret(_message(body))
        text = _("%(host)s refused with %(status)d.") % {"host": self.host, "status": status}
        return f"{text} {said}".strip()

    def _without_secret(self, text: str) -> str:
        if self.secret:
            for form in (self.secret, quote(self.secret), quote(self.secret, safe="")):
                text = text.replace(form, "***")
        return " ".join(text.split())[:_SHOWN]


def _seconds(value: str | None) -> float | None:
    if value is None or not value.isascii() or not value.isdecimal():
        return None
    return min(float(value[:6]), LONGEST_WAIT)


def _message(body: bytes) -> str:
    """What the server says itself of why, where it says it as such servers do; no page that a proxy made."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    for name in ("message", "error", "explanation", "detail"):
        value = answer.get(name) if isinstance(answer, dict) else None
        if isinstance(value, dict):
            value = value.get("message")
        if isinstance(value, str):
            return value
    return ""


def strings(value: Any, count: int, host: str) -> list[str]:
    """``value``, if it is a list of ``count`` texts. Raises ``BadAnswerError``."""
    if not isinstance(value, list) or len(value) != count or not all(isinstance(one, str) for one in value):
        raise BadAnswerError(_("%(host)s did not answer with one translation for each text.") % {"host": host})
    return value


def listed(value: Any, host: str) -> list[dict[str, Any]]:
    """``value``, if it is a list of objects. Raises ``BadAnswerError``."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise BadAnswerError(_("%(host)s did not say which languages it can do.") % {"host": host})
    return value
