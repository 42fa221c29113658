"""What the audit log hears of accounts, roles and signing in."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Q
from django.db.models.signals import post_delete, post_save, pre_save
from django.utils import timezone
from django.utils.module_loading import import_string

from cms.access.audit.events import Event
from cms.access.audit.log import record
from cms.access.models import RoleAssignment
from cms.access.scopes import Scope

_ACCOUNT = ("is_active", "is_superuser", "is_staff", "username", "email", "first_name", "last_name")
_ROLE = ("role", "county_id", "language", "starts_on", "ends_on")
_BEFORE = "_audit_before"
#: Where Django's backends and allauth's carry the name that somebody typed.
_TYPED = ("username", "email", "login")

#: Signals of apps that may be missing: the app, the signal, and the kind of entry.
_OF_APPS: tuple[tuple[str, str, Event], ...] = (
    ("axes", "axes.signals.user_locked_out", Event.LOCKED_OUT),
    ("allauth.account", "allauth.account.signals.password_reset", Event.PASSWORD_RESET),
    ("allauth.mfa", "allauth.mfa.signals.authenticator_added", Event.SECOND_FACTOR_ADDED),
    ("allauth.mfa", "allauth.mfa.signals.authenticator_removed", Event.SECOND_FACTOR_REMOVED),
)


def connect() -> None:
    """Hear the signals; called once, when the apps are loaded."""
    user_model = get_user_model()
    for sender, fields in ((user_model, _ACCOUNT), (RoleAssignment, _ROLE)):
        pre_save.connect(_remember(fields), sender=sender, weak=False, dispatch_uid=f"audit-before-{sender.__name__}")
    post_save.connect(_account_saved, sender=user_model, dispatch_uid="audit-account-saved")
    post_delete.connect(_account_deleted, sender=user_model, dispatch_uid="audit-account-deleted")
    post_save.connect(_role_saved, sender=RoleAssignment, dispatch_uid="audit-role-saved")
    post_delete.connect(_role_deleted, sender=RoleAssignment, dispatch_uid="audit-role-deleted")
    user_logged_in.connect(_signed_in, dispatch_uid="audit-signed-in")
    user_logged_out.connect(_signed_out, dispatch_uid="audit-signed-out")
    user_login_failed.connect(_sign_in_failed, dispatch_uid="audit-sign-in-failed")
    for app, name, event in _OF_APPS:
        if apps.is_installed(app):
            receiver = _locked_out if event is Event.LOCKED_OUT else _of_person(event)
            import_string(name).connect(receiver, weak=False, dispatch_uid=f"audit-{event}")


def name_of(user: Any) -> str:
    """How entries name a person that they are about: by e-mail, without one by the name of the account."""
    return str(user.email or user.get_username())


def home_of(user: Any) -> Scope | None:
    """The county of a person whose roles are all of one, so that its publishers read of her; else ``None``."""
    # Not of the policy's holdings: a closed account has none, and that it was closed is her county's to know.
    assignments = RoleAssignment.objects.filter(user_id=user.pk).exclude(ends_on__lt=timezone.localdate())
    counties = set(assignments.values_list("county__slug", flat=True))
    return Scope("", counties.pop()) if len(counties) == 1 and counties != {None} else None


# --- What changed ------------------------------------------------------------------------------------


def _remember(fields: tuple[str, ...]) -> Any:
    """A receiver of ``pre_save`` that keeps what the database has in ``fields``."""

    def receiver(sender: Any, instance: Any, raw: bool = False, update_fields: Any = None, **_signal: Any) -> None:
        known = instance.pk is not None and not instance._state.adding and not raw
        if known and (update_fields is None or set(update_fields) & set(fields)):
            before = sender._default_manager.filter(pk=instance.pk).values(*fields).first()
        else:
            before = None
        setattr(instance, _BEFORE, before)

    return receiver


def _changes(instance: Any) -> dict[str, Any]:
    """The fields that the save changed, with what they were."""
    before: dict[str, Any] = instance.__dict__.pop(_BEFORE, None) or {}
    return {field: value for field, value in before.items() if getattr(instance, field) != value}


# --- Accounts ----------------------------------------------------------------------------------------


def _account_saved(instance: AbstractUser, created: bool, raw: bool = False, **_signal: Any) -> None:
    changes = _changes(instance)
    if raw:
        return
    if created:
        record(Event.ACCOUNT_CREATED, about=name_of(instance), superuser=instance.is_superuser)
        return
    if "is_active" in changes:
        event = Event.ACCOUNT_OPENED if instance.is_active else Event.ACCOUNT_CLOSED
        record(event, about=name_of(instance), scope=home_of(instance))
    others = [field for field in changes if field != "is_active"]
    if others:
        record(
            Event.ACCOUNT_CHANGED,
            about=name_of(instance),
            scope=home_of(instance),
            fields=", ".join(others),
            email_before=changes.get("email"),
        )
    # Set while a new password is being saved, and not when Django only hashes the old one anew.
    if instance._password is not None:  # type: ignore[attr-defined]
        record(Event.PASSWORD_CHANGED, about=name_of(instance), scope=home_of(instance))


def _account_deleted(instance: AbstractUser, **_signal: Any) -> None:
    record(Event.ACCOUNT_DELETED, about=name_of(instance))


# --- Roles -------------------------------------------------------------------------------------------


def _role(event: Event, assignment: RoleAssignment, changed: list[str] | None = None) -> None:
    record(
        event,
        about=name_of(assignment.user),
        scope=assignment.scope,
        role=assignment.role,
        county=assignment.county_id,
        language=assignment.language,
        starts_on=assignment.starts_on,
        ends_on=assignment.ends_on,
        provider=assignment.provider,
        changed=", ".join(changed or ()),
    )


def _role_saved(instance: RoleAssignment, created: bool, raw: bool = False, **_signal: Any) -> None:
    changes = _changes(instance)
    if raw:
        return
    if created:
        _role(Event.ROLE_GIVEN, instance)
    elif changes:
        _role(Event.ROLE_CHANGED, instance, [field.removesuffix("_id") for field in changes])


def _role_deleted(instance: RoleAssignment, **_signal: Any) -> None:
    _role(Event.ROLE_TAKEN, instance)


# --- Signing in --------------------------------------------------------------------------------------


def _signed_in(user: Any, **_signal: Any) -> None:
    record(Event.SIGNED_IN, actor=user, about=name_of(user), scope=home_of(user))


def _signed_out(user: Any = None, **_signal: Any) -> None:
    # Django says so too when nobody was signed in.
    if user is not None:
        record(Event.SIGNED_OUT, actor=user, about=name_of(user), scope=home_of(user))


def _known(typed: str) -> Any:
    """The account with this name or e-mail. What else was typed is not kept: it may be a password."""
    return get_user_model()._default_manager.filter(Q(username__iexact=typed) | Q(email__iexact=typed)).first()


def _failed(event: Event, typed: Any) -> None:
    user = _known(str(typed)) if typed else None
    record(event, about=name_of(user) if user else "", scope=home_of(user) if user else None)


def _sign_in_failed(credentials: dict[str, Any], **_signal: Any) -> None:
    _failed(Event.SIGN_IN_FAILED, next((credentials[name] for name in _TYPED if credentials.get(name)), None))


def _locked_out(username: Any = None, **_signal: Any) -> None:
    _failed(Event.LOCKED_OUT, username)


def _of_person(event: Event) -> Any:
    """A receiver of a signal that names its ``user``; an authenticator's kind is noted."""

    def receiver(user: Any, authenticator: Any = None, **_signal: Any) -> None:
        record(event, about=name_of(user), scope=home_of(user), kind=getattr(authenticator, "type", None))

    return receiver
