"""Development: ``make run`` on a person's own machine."""

from __future__ import annotations

from cms.settings.base import *  # noqa: F403  (a settings module is its base and what differs)
from cms.settings.base import STORAGES
from cms.settings.env import env
from cms.settings.machine import MACHINE_PROVIDERS, providers

DEBUG = False
DEMO = True
DEMO_PASSWORD = env.demo_password
SECRET_KEY = env.secret_key or "development-only-not-a-secret-" + "0" * 32
ALLOWED_HOSTS = env.hosts or ["localhost", "127.0.0.1", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = env.var_dir / "mail"
# Static files are read from where they lie: a change shows at once, and nothing must be collected.
WHITENOISE_USE_FINDERS = True
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# A machine that asks nobody: what it writes is marked, and only shows how the desk works.
MACHINE_PROVIDERS = MACHINE_PROVIDERS or providers("pseudo:", budget=500_000, rate=0)
