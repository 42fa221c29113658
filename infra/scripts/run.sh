#!/usr/bin/env bash
# Prepares the site and serves it until Ctrl-C. Run again it changes nothing that was edited.
# PORT (8000) and VAR_DIR (var/) let two copies run side by side.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

PORT="${PORT:-8000}"
ADDRESS="http://127.0.0.1:$PORT"
PYTHON=".venv/bin/python"
export PORT PYTHONUNBUFFERED=1
say() { printf '%s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }
# True if something accepts connections on the port.
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null; }
healthy() {
    local status
    status="$( (
        exec 3<>"/dev/tcp/127.0.0.1/$PORT" && printf 'GET /healthz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' >&3 &&
            head -n 1 <&3
    ) 2>/dev/null || true)"
    [[ "$status" == *" 200 "* ]]
}

[[ "$PORT" =~ ^[0-9]+$ ]] || die "PORT=$PORT is not a number."
answers && die "Port $PORT is taken by another program. Choose another: make run PORT=8001"
"${MAKE:-make}" --no-print-directory env

# Compiled before anything else starts, because each program reads the catalogs when it starts.
stale_catalogs() {
    local po
    for po in locale/*/LC_MESSAGES/django.po; do
        [ -e "$po" ] || continue
        [ "${po%.po}.mo" -nt "$po" ] || return 0
    done
    return 1
}
if stale_catalogs; then
    say "Compiling the catalogs …"
    "$PYTHON" manage.py catalogs compile
fi
say "Preparing the database, the geography, the demo content and the static files …"
"$PYTHON" manage.py prepare

say "Starting the site …"
server=""
stop() {
    trap - INT TERM EXIT
    if [ -n "$server" ] && kill -TERM "$server" 2>/dev/null; then wait "$server" || true; fi
}
trap 'stop; say "Stopped."; exit 0' INT TERM
trap stop EXIT
DJANGO_SETTINGS_MODULE="${DJANGO_SETTINGS_MODULE:-cms.settings.dev}" \
    .venv/bin/gunicorn --config infra/gunicorn/gunicorn.conf.py &
server=$!
accounts="$("$PYTHON" manage.py demo_accounts)"

for _ in $(seq 600); do
    healthy && break
    kill -0 "$server" 2>/dev/null || die "The site did not start. What it said stands above."
    sleep 0.1
done
healthy || die "The site does not answer on $ADDRESS/healthz."
say "
The site:   $ADDRESS/
Editing:    $ADDRESS/admin/

$accounts

Ctrl-C stops it."
wait "$server"
