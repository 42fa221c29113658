"""The addresses below ``/accounts/``: those of django-allauth that are wanted; every other one is shut.

And the ways in that Wagtail has of its own, which know no second factor: they lead here.
"""

from __future__ import annotations

from typing import Any

from allauth.urls import urlpatterns as allauth_patterns
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import URLPattern, URLResolver, path
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache

from cms.access.signin import federation_views, guessing

#: Open to who is not signed in, or has half done so.
ENTRANCE = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "openid_connect_login",
        "openid_connect_callback",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
    }
)
#: For who is signed in.
MANAGE = frozenset(
    {
        "account_reauthenticate",
        "account_change_password",
        "account_set_password",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_reauthenticate_webauthn",
        "mfa_remove_webauthn",
        "mfa_edit_webauthn",
    }
)
#: What is shut, and why: nobody registers herself; an address is what a county's identity provider
#: is matched by, so its holder doesn't change it; and accounts are connected by signing in alone.
CLOSED = frozenset(
    {
        "account_signup",
        "account_email",
        "account_email_verification_sent",
        "account_confirm_email",
        "account_confirm_login_code",
        "socialaccount_signup",
        "socialaccount_connections",
    }
)

#: What we do instead of allauth's own view.
_OWN: dict[str, Any] = {
    "account_login": guessing.watched_login,
    "openid_connect_login": federation_views.login,
    "openid_connect_callback": federation_views.callback,
}


def closed(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """The answer where django-allauth offers something that this site doesn't.

    Status 403: Django looks for what answers 404 in a language's tree of pages.
    """
    return render(request, "access/signin/closed.html", status=403)


def _shut(patterns: list[Any]) -> list[URLPattern | URLResolver]:
    """``patterns`` with ``closed`` behind each address that is not wanted, unnamed ones included."""
    found: list[URLPattern | URLResolver] = []
    for entry in patterns:
        if isinstance(entry, URLResolver):
            found.append(URLResolver(entry.pattern, _shut(entry.url_patterns)))
            continue
        wanted = entry.name in ENTRANCE or entry.name in MANAGE
        view = _OWN.get(entry.name or "", entry.callback) if wanted else closed
        found.append(URLPattern(entry.pattern, never_cache(view), entry.default_args, entry.name))
    return found


urlpatterns = _shut(allauth_patterns)


@never_cache
def to_sign_in(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """On to where one signs in, with ``next`` if it is an address of this site."""
    return _onward(request, "account_login")


@never_cache
def to_new_password(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """On to where one asks for a new password."""
    return _onward(request, "account_reset_password")


def _onward(request: HttpRequest, name: str) -> HttpResponse:
    address = resolve_url(name)
    onward = request.GET.get("next", "")
    if onward and url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure()):
        address = f"{address}?{urlencode({'next': onward})}"
    return HttpResponseRedirect(address)


#: In place of Wagtail's own. The names are Wagtail's, so that each keeps its place among the doors.
wagtail_patterns = [
    path("login/", to_sign_in, name="wagtailadmin_login"),
    path("password_reset/", to_new_password, name="wagtailadmin_password_reset"),
    path("password_reset/done/", to_new_password, name="wagtailadmin_password_reset_done"),
    path("password_reset/confirm/<uidb64>/<token>/", to_new_password, name="wagtailadmin_password_reset_confirm"),
    path("password_reset/complete/", to_new_password, name="wagtailadmin_password_reset_complete"),
]
