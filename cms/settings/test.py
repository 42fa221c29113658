"""The test suite. The engines come from the environment, so that it runs on the real ones too."""

from __future__ import annotations

import os

from cms.settings.base import *  # noqa: F403  (a settings module is its base and what differs)
from cms.settings.base import CACHES, INSTALLED_APPS, STORAGES
from cms.settings.env import env

DEBUG = False
DEMO = True
DEMO_PASSWORD = env.demo_password
SECRET_KEY = "tests-only-not-a-secret-" + "0" * 32
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
SECOND_FACTOR_REQUIRED = False
# The processes of one run share Redis and Elasticsearch; each keeps to its own names there.
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
ELASTICSEARCH_PREFIX = f"test-{_WORKER}"
if env.redis_url:
    # A database each: emptying the cache empties the whole database.
    for _cache in CACHES.values():
        _cache["LOCATION"] = f"{env.redis_url.rstrip('/').rsplit('/', 1)[0]}/{_WORKER.removeprefix('gw')}"
STORAGES = STORAGES | {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
