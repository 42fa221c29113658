"""Forms of django-allauth's that differ here."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)

#: What allauth and its library raise for an answer of a browser's that is no such thing.
_NONSENSE = (AttributeError, KeyError, IndexError, TypeError, ValueError)


class AddPasskeyForm(AddWebAuthnForm):
    """A new key signs in alone, without a password, unless its holder says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except _NONSENSE as error:
            raise get_adapter().validation_error("incorrect_code") from error


class _Answer(AuthenticateWebAuthnForm):
    """Says of nonsense that it is wrong, where allauth would stumble over it."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except _NONSENSE as error:
            raise get_adapter().validation_error("incorrect_code") from error


class AuthenticatePasskeyForm(_Answer):
    """A key as the second step."""


class LoginPasskeyForm(_Answer, LoginWebAuthnForm):
    """A key alone."""


class ReauthenticatePasskeyForm(_Answer, ReauthenticateWebAuthnForm):
    """A key before something that matters."""
