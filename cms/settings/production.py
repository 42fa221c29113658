"""Production: behind a proxy that terminates TLS. Stops with a sentence where something is missing."""

from __future__ import annotations

import sys

from cms.settings.base import *  # noqa: F403  (a settings module is its base and what differs)
from cms.settings.env import env

DEBUG = False
DEMO = False

_missing = [
    f"{name}: {why}"
    for name, value, why in (
        ("SECRET_KEY", env.secret_key, "a long random text that only this site knows"),
        ("VAGVISARE_ALLOWED_HOSTS", env.allowed_hosts, "the site's host names, with commas between"),
        ("VAGVISARE_BASE_URL", env.base_url, "the site's address, such as https://example.org"),
    )
    if not value
]
if _missing:
    sys.exit("The environment is incomplete for production. Set\n" + "\n".join(_missing))

SECOND_FACTOR_REQUIRED = env.second_factor != "optional"

_https = env.base_url.startswith("https://")
SESSION_COOKIE_SECURE = _https
CSRF_COOKIE_SECURE = _https
SECURE_HSTS_SECONDS = 31536000 if _https else 0
CSRF_TRUSTED_ORIGINS = [env.base_url]
if env.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
