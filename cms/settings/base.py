"""What every environment shares. Values come from the environment through ``env`` alone."""

from __future__ import annotations

from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from cms.languages.django import bidi_languages, django_languages
from cms.languages.registry import SOURCE
from cms.settings.env import ROOT, env
from cms.settings.machine import *  # noqa: F403  (the settings of a part, in a file of their own)
from cms.settings.mail import *  # noqa: F403  (the settings of a part, in a file of their own)
from cms.settings.signin import *  # noqa: F403  (the settings of a part, in a file of their own)

VAR_DIR = env.var_dir
VAR_DIR.mkdir(parents=True, exist_ok=True)

BASE_DIR = ROOT
SITE_NAME = "Vägvisare"
BASE_URL = env.base_url or f"http://127.0.0.1:{env.port}"
ALLOWED_HOSTS = env.hosts
SECRET_KEY = env.secret_key

INSTALLED_APPS = [
    "cms.languages.apps.LanguagesConfig",
    "cms.geography.apps.GeographyConfig",
    "cms.access.apps.AccessConfig",
    "cms.translation.apps.TranslationConfig",
    "cms.translation.memory.apps.MemoryConfig",
    "cms.translation.glossary.apps.GlossaryConfig",
    "cms.translation.machine.apps.MachineConfig",
    "cms.translation.exchange.apps.ExchangeConfig",
    "cms.translation.room.apps.RoomConfig",
    "pages.apps.PagesConfig",
    "search.apps.SearchConfig",
    "search.drafts.apps.DraftsConfig",
    "cms.editorial.apps.EditorialConfig",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.access.people.apps.PeopleConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "modelsearch",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    # Before sessions: a cached page is answered without reading one.
    "pages.cache.middleware.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cms.access.audit.context.AuditMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Before the doors: who must sign in anew, or set up a second factor, comes to none of them.
    "cms.access.signin.middleware.SignInMiddleware",
    "cms.access.doors.middleware.DoorMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Engines: each one setting -------------------------------------------------------------------

DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        env.database_url or f"sqlite:///{VAR_DIR / 'db.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Readers go on while one writes; a writer waits its turn instead of failing.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # As on disks without moving parts. With PostgreSQL's own 4 it reads the whole of the search's index rather
    # than ask its own, as it does not count what unpacking each row costs: 112 ms in place of 9 (docs/search-speed.md).
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c random_page_cost=1.1")

if env.redis_url:
    _CACHE: dict[str, Any] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.redis_url,
    }
else:
    _CACHE = {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    }
# Answers to searches lie apart: in memory whoever searches for all sorts of things pushes no pages out.
CACHES: dict[str, Any] = {
    "default": {"LOCATION": "pages"} | _CACHE,
    "searches": {"LOCATION": "searches"} | _CACHE | {"KEY_PREFIX": "searches"},
}

ELASTICSEARCH_URL = env.elasticsearch_url
ELASTICSEARCH_PREFIX = "vagvisare"
ELASTICSEARCH_API_KEY = env.elasticsearch_api_key
ELASTICSEARCH_CA = env.elasticsearch_ca
ELASTICSEARCH_REPLICAS = env.elasticsearch_replicas
# Without a worker a change is told to Elasticsearch right after its commit, by the process that made it.
SEARCH_WORKER = env.tasks == "database"
# Requests to the API that an address may make in a minute.
API_RATES = {"search": 120, "suggest": 600}
PAGE_CACHE_SECONDS = env.page_cache_seconds

TASKS = {
    "default": {
        "BACKEND": {
            "immediate": "django_tasks.backends.immediate.ImmediateBackend",
            "database": "django_tasks_db.DatabaseBackend",
        }[env.tasks]
    }
}

# --- Languages -----------------------------------------------------------------------------------

LANGUAGE_CODE = SOURCE
LANGUAGES = django_languages()
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LANGUAGES_BIDI = bidi_languages()
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = ["cms.languages.locale_formats"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True

# --- Files ---------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Wagtail -------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = [("sv", "svenska"), ("en", "English")]
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.translation.finish.publish_approved"
# Whoever installed the site moderates nothing by that alone.
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
MODERATION_ESCALATION_DAYS = env.moderation_days
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "svg", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "csv", "txt"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}
MODELSEARCH_BACKENDS = WAGTAILSEARCH_BACKENDS
# A source's publish must not put untranslated text into the other languages' trees.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAIL_LOCALIZE_DEFAULT_TRANSLATION_MODE = "synced"
# A deleted page's working texts are taken away by cms.translation.signals, which keeps the source's: its own receiver
# comes after ours and throws those away too, with the last translation.
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True

# --- Security ------------------------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
AUDIT_DAYS = env.audit_days
CONTENT_SECURITY_POLICY = {
    # The editor's side loads its scripts and styles inline; the public site does not.
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF, "https:"],
        "frame-src": [NONE],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # A line for each page saved and each task run would bury what matters.
    "loggers": {name: {"level": "WARNING"} for name in ("wagtail", "django_tasks", "elastic_transport", "axes")},
}
