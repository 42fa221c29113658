"""Production's settings with an index of its own in Elasticsearch, and no limit of what one address may ask."""

from __future__ import annotations

import os

from cms.settings.production import *  # noqa: F403  (a settings module is its base and what differs)

ELASTICSEARCH_PREFIX = os.environ["BENCH_PREFIX"]
API_RATES = {"search": 1_000_000, "suggest": 1_000_000}
LOGGING = {"version": 1, "disable_existing_loggers": True}
