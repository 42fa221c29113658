"""Signing in: django-allauth, django-axes, sessions. docs/sign-in.md says what each is for."""

from __future__ import annotations

from datetime import timedelta

from cms.settings.env import env

AUTHENTICATION_BACKENDS = [
    # First: it refuses who has guessed too often, before a password is looked at.
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
LOGOUT_REDIRECT_URL = "account_login"
#: Of an invitation, and of the link to a new password.
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600

# --- Sessions ------------------------------------------------------------------------------------

SESSION_LONGEST_SECONDS = 12 * 3600
SESSION_IDLE_SECONDS = env.session_idle_minutes * 60
SESSION_COOKIE_AGE = SESSION_LONGEST_SECONDS

# --- Accounts ------------------------------------------------------------------------------------

ACCOUNT_ADAPTER = "cms.access.signin.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# Whoever makes an account knows its address, and the invitation proves it.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ALLAUTH_TRUSTED_PROXY_COUNT = env.trusted_proxies

# --- Second factors ------------------------------------------------------------------------------

#: Whether holders of a role with ``second_factor`` must have one.
SECOND_FACTOR_REQUIRED = env.second_factor == "required"
MFA_ADAPTER = "cms.access.signin.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "add_webauthn": "cms.access.signin.forms.AddPasskeyForm",
    "authenticate_webauthn": "cms.access.signin.forms.AuthenticatePasskeyForm",
    "login_webauthn": "cms.access.signin.forms.LoginPasskeyForm",
    "reauthenticate_webauthn": "cms.access.signin.forms.ReauthenticatePasskeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey signs in alone, so it must be more than a thing that was found.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True
# A phone's clock may be off by half a minute.
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True

# --- Counties' own identity providers ------------------------------------------------------------

SOCIALACCOUNT_ADAPTER = "cms.access.signin.adapters.ProviderAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
#: How long a role that a claim gave holds without its person signing in by the provider again.
PROVIDER_ROLE_DAYS = 30

# --- Guessing ------------------------------------------------------------------------------------

AXES_HANDLER = "cms.access.signin.guessing.GuessHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address", "username"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "cms.access.signin.guessing.locked"
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "cms.access.signin.guessing.account_of"
AXES_CLIENT_IP_CALLABLE = "cms.access.signin.guessing.client_address"
AXES_SENSITIVE_PARAMETERS = ["username", "login", "ip_address"]
# The audit log says who signed in; a second one would be kept for ever.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
