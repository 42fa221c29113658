"""OpenID Connect's authorization code flow, as strict as the specification.

django-allauth believes an ID token that came straight from the provider without looking at its
signature, and asks for no nonce. Here every token is proven, and the provider is the one named.
"""

from __future__ import annotations

from functools import cached_property
from hmac import compare_digest
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_WELL_KNOWN = "/.well-known/"
#: Seconds by which the provider's clock may differ from ours.
_LEEWAY = 30


class CountyAdapter(OpenIDConnectOAuth2Adapter):
    """allauth's adapter, which believes nothing unproven. Raises ``OAuth2Error`` for nonsense."""

    def __init__(self, request: HttpRequest, provider_id: str) -> None:
        super().__init__(request, provider_id)
        #: What was remembered when the person was sent away.
        self.state: dict[str, Any] = {}

    @cached_property
    def openid_config(self) -> dict[str, Any]:
        """The provider's own description, of the issuer that we know it as."""
        provider = self.get_provider()
        config = self._json(provider.server_url)
        for name in ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not str(config.get(name, "")).startswith(("https://", "http://")):
                raise OAuth2Error(f"The description has no {name}.")
        expected = provider.server_url.partition(_WELL_KNOWN)[0]
        if str(config["issuer"]).rstrip("/") != expected.rstrip("/"):
            raise OAuth2Error("The description is another issuer's.")
        return config

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        try:
            data = super().get_access_token_data(request, app, client, pkce_code_verifier=pkce_code_verifier)
        except (KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("The token endpoint's answer can't be read.") from error
        if not isinstance(data, dict):
            raise OAuth2Error("The token endpoint's answer is no object.")
        return data

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        # Used once, for the person's claims, and not kept.
        return SocialToken(token=str(data["access_token"]))

    def claims(self, app: Any, token: SocialToken, answer: dict[str, Any]) -> dict[str, Any]:
        """What the provider says of the person: the signed token's claims, and those that it lacks."""
        proven = self._proven(app, str(answer.get("id_token") or ""))
        address = self.openid_config.get("userinfo_endpoint")
        if not address:
            return proven
        more = self._json(str(address), Authorization=f"Bearer {token.token}")
        if more.get("sub") != proven["sub"]:
            raise OAuth2Error("The token and the user information are of two people.")
        return more | proven

    def _proven(self, app: Any, id_token: str) -> dict[str, Any]:
        try:
            keys = jwt.PyJWKSet.from_dict(self._json(str(self.openid_config["jwks_uri"]))).keys
            kid = jwt.get_unverified_header(id_token).get("kid")
            matching = [key for key in keys if key.key_id == kid or (kid is None and len(keys) == 1)]
            if not matching:
                raise OAuth2Error("The token is signed by no key of the provider's.")
            claims: dict[str, Any] = jwt.decode(
                id_token,
                matching[0].key,
                algorithms=[name for name in _ALGORITHMS if name[:2] == matching[0].algorithm_name[:2]],
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=_LEEWAY,
                options={"require": ["exp", "iat", "sub", "aud", "iss"]},
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise OAuth2Error("The token is not valid.") from error
        nonce = str(self.state.get("nonce") or "")
        if not nonce or not compare_digest(nonce.encode(), str(claims.get("nonce") or "").encode()):
            raise OAuth2Error("The token answers another question than ours.")
        if claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("The token was made for another site.")
        return claims

    @staticmethod
    def _json(address: str, **headers: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            response = session.get(address, headers=headers)
            response.raise_for_status()
            data = response.json()
        if not isinstance(data, dict):
            raise OAuth2Error("The provider's answer is no object.")
        return data
