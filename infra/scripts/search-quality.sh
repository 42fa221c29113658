#!/usr/bin/env bash
# How good the search of the demo content is in each language, on each engine that the environment names:
# the database's, Elasticsearch, and Elasticsearch with its plain analyzer beside it. Fails below the floors.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

export VAR_DIR="${VAR_DIR:-$PWD/var}/quality" DJANGO_SETTINGS_MODULE=cms.settings.dev
mkdir -p "$VAR_DIR"
manage=(.venv/bin/python manage.py)
"${manage[@]}" prepare >/dev/null

engines=(database)
[ -n "${ELASTICSEARCH_URL:-}" ] && engines+=(elasticsearch standard)
for engine in "${engines[@]}"; do
    for set in tuning held; do
        printf '\n--- %s, %s\n' "$engine" "$set"
        "${manage[@]}" search_evaluate --engine "$engine" --set "$set"
    done
    "${manage[@]}" search_evaluate --engine "$engine" --floors >/dev/null
done
