"""Signing in by a county's identity provider: to it, and back."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp, SocialToken
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from requests import RequestException

from cms.access.audit.events import Event
from cms.access.audit.log import record
from cms.access.models.identity import IdentityProvider
from cms.access.scopes import scope_of
from cms.access.signin.federation import RefusedError, admit
from cms.access.signin.protocol import CountyAdapter
from cms.access.signin.refusals import refused


class _Adapter(CountyAdapter):
    def complete_login(self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any) -> Any:
        claims = self.claims(app, token, kwargs["response"])
        provider = IdentityProvider.objects.select_related("app", "county").get(app=app)
        try:
            admit(provider, claims)
        except RefusedError as refusal:
            # Who it was is the provider's word alone, and nobody here: that it was refused is enough.
            record(Event.SIGN_IN_FAILED, about=provider.key, scope=scope_of(provider.county))
            raise ImmediateHttpResponse(refused(request, str(refusal))) from refusal
        # allauth finds the account by this alone, and keeps no more of what the provider said.
        return self.get_provider().sociallogin_from_response(request, {"id_token": {"sub": claims["sub"]}})


class _Callback(OAuth2CallbackView):
    def _get_state(self, request: HttpRequest, provider: Any) -> Any:
        state, response = super()._get_state(request, provider)
        if isinstance(self.adapter, CountyAdapter):
            self.adapter.state = state or {}
        return state, response


def _provider(request: HttpRequest, provider_id: str) -> Any:
    """The provider in use with this key, or ``None``."""
    try:
        return get_adapter().get_provider(request, provider_id)
    except SocialApp.DoesNotExist:
        return None


def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the person to her county's provider; whatever ``request`` asks for beyond ``next`` is ignored."""
    provider = _provider(request, provider_id)
    if provider is None:
        return refused(request, _("There is no such identity provider here."))
    adapter = _Adapter(request, provider_id)
    challenge = generate_code_challenge()
    nonce = get_random_string(32)
    try:
        client = adapter.get_client(request, provider.app)
        client.state = provider.stash_redirect_state(
            request,
            AuthProcess.LOGIN,
            get_next_redirect_url(request),
            pkce_code_verifier=challenge.pop("code_verifier"),
            nonce=nonce,
        )
        parameters = challenge | {"nonce": nonce}
        return HttpResponseRedirect(
            client.get_redirect_url(adapter.authorize_url, provider.get_default_scope(), parameters)
        )
    except (RequestException, OAuth2Error) as error:
        response: HttpResponse = render_authentication_error(request, provider, exception=error)
        return response


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The person's way back, with the provider's word for who she is."""
    if _provider(request, provider_id) is None:
        return refused(request, _("There is no such identity provider here."))
    response: HttpResponse = _Callback.adapter_view(_Adapter(request, provider_id))(request)
    return response
