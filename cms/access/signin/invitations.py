"""New accounts. Nobody registers herself: somebody makes the account, and a mail invites its person."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.access.audit.events import Event
from cms.access.audit.log import record
from cms.access.audit.people import home_of
from cms.access.mail import send_mail_to


def new_account(email: str, name: str = "") -> User:
    """Make an account without a password; it signs in after ``invite`` or by an identity provider.

    Raises ``ValidationError`` where the address is none, or belongs to somebody already.
    """
    email = email.strip().lower()
    validate_email(email)
    users = get_user_model()
    taken = ValidationError(_("There is an account with the address %(email)s already.") % {"email": email})
    if users.objects.filter(Q(email__iexact=email) | Q(username__iexact=email)).exists():
        raise taken
    first, _space, last = name.strip().partition(" ")
    user = users(username=email, email=email, first_name=first, last_name=last.strip())
    user.set_unusable_password()
    user.full_clean(exclude=["password"])
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        # Somebody made the same account in this very moment.
        raise taken from error
    return user


def invitation_address(user: Any) -> str:
    """The address at which ``user`` sets her first password: once, within ``PASSWORD_RESET_TIMEOUT`` seconds."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('account_reset_password_from_key', kwargs=key)}"


def invite(user: Any, by: Any = None) -> None:
    """Mail ``user`` the way to her first password, in her language. ``by``: who invites.

    Raises ``ValidationError`` for a closed account, for one without an address, and for one that has a
    password already: whoever forgot it asks for a new one herself. Raises ``OSError``, of which
    ``SMTPException`` is one, where the mail can't be sent; then nothing is recorded either.
    """
    if not user.is_active:
        raise ValidationError(_("This account is closed."))
    if user.has_usable_password():
        raise ValidationError(_("This person has a password already and can ask for a new one when signing in."))
    validate_email(user.email)
    values = {
        "address": invitation_address(user),
        "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 3600),
        "inviter": (by.get_full_name() or by.email) if by is not None else "",
    }
    with transaction.atomic():
        record(Event.INVITED, actor=by, about=user.email, scope=home_of(user))
        send_mail_to(user, "invitation", values)
