"""Addresses of people: roles, invitations, the audit log; withdrawing; and each one's own account."""

from __future__ import annotations

from typing import Any

from tests.access.matrix.doors import Door, names

_ROLE = {"role": "{role}", "county": "{county}", "language": "", "starts_on": "", "ends_on": "2099-01-01"}
_TABLE = "access_roleassignment"


def _roles(name: str, args: str = "", get: str = "assign", **more: Any) -> Door:
    return Door(name, names(args), get=get, axis=more.pop("axis", "places"), **more)


PEOPLE: tuple[Door, ...] = (
    _roles("people_roles:index", get="assign somewhere", axis="site"),
    _roles("people_roles:index_results", get="assign somewhere", axis="site"),
    _roles("people_roles:edit", "pk=assignment", post="assign", body=_ROLE, writes=_TABLE),
    _roles(
        "people_roles:edit",
        "pk=assignment",
        get="",
        post="accounts",
        axis="counties",
        body=_ROLE | {"county": "21"},
        writes=_TABLE,
        variant="into a third county",
    ),
    _roles("people_roles:delete", "pk=assignment", post="assign", writes=_TABLE),
    _roles("people_invite", get="assign somewhere", axis="site"),
    _roles(
        "people_invite", get="", post="assign", body=_ROLE | {"email": "ny@example.org", "name": "Ny"}, writes=_TABLE
    ),
    _roles("people_invite_again", "user_id=holder", get="", post="assign"),
    _roles("people_rights", "user_id=holder"),
    Door("audit", get="audit somewhere"),
    Door("audit", get="audit somewhere", query="export=csv", variant="csv"),
    Door("audit_results", get="audit somewhere"),
    Door(
        "withdraw_page",
        names("page_id=live"),
        get="withdraw",
        post="withdraw",
        axis="counties",
        writes="wagtailcore_page",
        body={"reason": "Sidan har fel i fråga om rätten till vård."},
    ),
    Door(
        "withdraw_page",
        names("page_id=live"),
        post="nobody",
        axis="nation",
        soft=True,
        listing=True,
        variant="the nation's",
        body={"reason": "Sidan har fel i fråga om rätten till vård."},
    ),
    Door(
        "withdraw_page",
        names("page_id=top"),
        post="nobody",
        axis="counties",
        listing=True,
        variant="the topmost",
        body={"reason": "Sidan har fel i fråga om rätten till vård."},
    ),
)

#: Each one's own account. Whatever they answer, they show no draft and change nobody else's account.
_OWN = (
    "account_login account_logout account_inactive account_reset_password account_reset_password_done "
    "account_reset_password_from_key_done account_reauthenticate account_change_password account_set_password "
    "mfa_authenticate mfa_login_webauthn mfa_index mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp "
    "mfa_view_recovery_codes mfa_generate_recovery_codes mfa_download_recovery_codes mfa_list_webauthn "
    "mfa_add_webauthn mfa_reauthenticate_webauthn socialaccount_login_cancelled socialaccount_login_error"
)
#: What the account pages of others would be.
_SHUT = (
    "account_signup account_email account_email_verification_sent account_confirm_login_code socialaccount_signup "
    "socialaccount_connections"
)
_CLOSED_PATHS = ("connections", "login/cancelled", "login/error", "signup")

ACCOUNTS: tuple[Door, ...] = (
    *(Door(name, get="her own", post="her own") for name in _OWN.split()),
    Door("account_reset_password_from_key", names("uidb36='1 key='x-y"), get="her own", post="her own"),
    Door("mfa_remove_webauthn", names("pk=passkey"), get="nobody", post="nobody", variant="another's", listing=True),
    Door("mfa_edit_webauthn", names("pk=passkey"), get="nobody", post="nobody", variant="another's", listing=True),
    *(
        Door(name, names("provider_id='none"), get="her own")
        for name in ("openid_connect_login", "openid_connect_callback")
    ),
    *(Door(name, get="nobody", post="nobody") for name in _SHUT.split()),
    Door("account_confirm_email", names("key='x"), get="nobody", post="nobody"),
    *(Door(f"/accounts/social/{path}/", get="nobody", post="nobody") for path in _CLOSED_PATHS),
)
