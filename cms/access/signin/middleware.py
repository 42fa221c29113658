"""Who may go on with her session: asked before the doors, and before anything else looks at the user."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth import logout as end_session
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.utils.translation.trans_real import parse_accept_lang_header

from cms.access.doors.table import OPEN
from cms.access.mail import language_of
from cms.access.policy import holdings_of
from cms.access.signin import sessions

ADMIN, ACCOUNTS = "/admin/", "/accounts/"
_LANGUAGES = ("sv", "en")
#: A page that lies open says so every few seconds; that is no sign of a person.
_AUTOMATIC = "wagtailadmin_editing_sessions:"


def language_for(request: HttpRequest) -> str:
    """The language of the account pages: the person's own choice, else the browser's, of the two there are."""
    if request.user.is_authenticated:
        chosen = language_of(request.user).partition("-")[0]
        if chosen in _LANGUAGES:
            return chosen
    wanted = [request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")]
    header = request.headers.get("Accept-Language", "")
    wanted += [tag for tag, _weight in parse_accept_lang_header(header)]
    codes = (tag.partition("-")[0].lower() for tag in wanted)
    return next((code for code in codes if code in _LANGUAGES), settings.LANGUAGE_CODE)


def lacks_second_factor(user: Any) -> bool:
    """Whether ``user`` must set up a second factor first: her role asks for one, and she has none."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    if not user.is_superuser and not any(held.role.second_factor for held in holdings_of(user)):
        return False
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return not Authenticator.objects.filter(user_id=user.pk, type__in=kinds).exists()


class SignInMiddleware:
    """Ends sessions that are over, and keeps the editor's side for those who may be there.

    A request without a session's cookie, as every reader's is, goes through untouched.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        inside = request.path.startswith((ADMIN, ACCOUNTS))
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            if sessions.is_over(request.session):
                end_session(request)
                if inside:
                    messages.warning(request, self._ended_text(request))
            elif inside and not request.user.is_authenticated:
                # The account was closed, or its password changed elsewhere.
                end_session(request)
        if not request.path.startswith(ACCOUNTS):
            return self.get_response(request)
        translation.activate(language_for(request))
        request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        response.headers["X-Robots-Tag"] = "noindex"
        patch_cache_control(response, private=True, no_store=True)
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not request.path.startswith((ADMIN, ACCOUNTS)) or not request.user.is_authenticated:
            return None
        if not match.view_name.startswith(_AUTOMATIC):
            sessions.touch(request.session)
        if not request.path.startswith(ADMIN) or match.view_name in OPEN or match.view_name == "wagtailadmin_logout":
            return None
        user = request.user
        with translation.override(language_for(request)):
            if not user.is_superuser and not holdings_of(user):
                end_session(request)
                sentence = _("You have no role here at present, so you were signed out. Ask whoever gives roles.")
                return self._away(request, sentence, "account_login")
            if lacks_second_factor(user):
                sentence = _(
                    "Your role publishes or gives rights, so it takes a second step when you sign in. "
                    "Set up a passkey or an authenticator app first."
                )
                return self._away(request, sentence, "mfa_index")
        return None

    @staticmethod
    def _ended_text(request: HttpRequest) -> str:
        minutes = settings.SESSION_IDLE_SECONDS // 60
        with translation.override(language_for(request)):
            return ngettext(
                "You were signed out after %(minutes)d idle minute, or because the day's session was over.",
                "You were signed out after %(minutes)d idle minutes, or because the day's session was over.",
                minutes,
            ) % {"minutes": minutes}

    def _away(self, request: HttpRequest, sentence: str, name: str) -> HttpResponse:
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"reason": sentence}, status=403)
        messages.warning(request, sentence)
        if name == "account_login":
            return redirect_to_login(request.get_full_path(), resolve_url(name))
        return HttpResponseRedirect(resolve_url(name))
