"""What django-allauth asks this site about."""

from __future__ import annotations

import logging
import time
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from cms.access.mail import language_of
from cms.access.models.identity import IdentityProvider
from cms.access.signin.guessing import client_address
from cms.access.signin.refusals import provider_failed, refused
from cms.access.signin.sessions import BEGAN

logger = logging.getLogger(__name__)
_FIRST_FACTOR = "signin_first_factor"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by people who may; nobody registers herself."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        # Who has just signed in sets up her first second factor, and sees her recovery codes, without
        # saying again who she is.
        user, session = self.request.user, self.request.session
        recent = time.time() - session.get(BEGAN, 0) < app_settings.REAUTHENTICATION_TIMEOUT
        if app == "allauth.mfa" and recent:
            first = session.get(_FIRST_FACTOR) or not Authenticator.objects.filter(user_id=user.pk).exists()
            if first:
                session[_FIRST_FACTOR] = True
                return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reset_password_from_key_url(self, key: str) -> str:
        # By the site's own address, never by the Host header of who asked for the mail.
        uid, _dash, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
        return f"{settings.WAGTAILADMIN_BASE_URL}{path}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        user = context.get("user")
        with translation.override(language_of(user) if user is not None else translation.get_language()):
            super().send_mail(template_prefix, email, {"current_site": self._site()} | context)

    @staticmethod
    def _site() -> SimpleNamespace:
        # By its own name, too.
        return SimpleNamespace(name=settings.SITE_NAME, domain=urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # With the address: five wrong tries from elsewhere must not keep somebody out.
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{client_address(request)}"


class FactorAdapter(DefaultMFAAdapter):
    """Second factors, under the site's name."""

    def _get_site_name(self) -> str:
        return settings.SITE_NAME


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Counties' identity providers: those in use, and what is said when one fails.

    Who comes in is decided before (``federation``); what reaches allauth without that stays out.
    """

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[Any]:
        found = IdentityProvider.objects.filter(active=True).select_related("app").order_by("app__name")
        apps = [entry.app for entry in found]
        # By its own key alone: the protocol's name, which allauth takes too, would be every county's.
        return [app for app in apps if provider in (None, app.provider_id) and client_id in (None, app.client_id)]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if not sociallogin.is_existing or sociallogin.state.get("process") != "login":
            raise ImmediateHttpResponse(refused(request))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        # The kind alone: what a provider answers may hold tokens or a person's data.
        logger.warning("signing in by %s failed: %s %s", provider.sub_id, error, type(exception).__name__)
        if error != "cancelled":
            raise ImmediateHttpResponse(provider_failed(request, provider.name))
