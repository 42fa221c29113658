"""Sending mail: one address for the server, ``VAGVISARE_MAIL_URL``."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from cms.settings.env import env

_server = urlsplit(env.mail_url or "smtp://localhost:25")
_site = urlsplit(env.base_url).hostname or "localhost"

EMAIL_HOST = _server.hostname or "localhost"
EMAIL_USE_SSL = _server.scheme == "smtps"
EMAIL_USE_TLS = _server.scheme == "smtp+tls"
EMAIL_PORT = _server.port or {"smtps": 465, "smtp+tls": 587}.get(_server.scheme, 25)
EMAIL_HOST_USER = unquote(_server.username or "")
EMAIL_HOST_PASSWORD = unquote(_server.password or "")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.mail_from or f"no-reply@{_site}"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
