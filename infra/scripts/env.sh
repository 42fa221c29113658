#!/usr/bin/env bash
# Makes .venv exactly as requirements-dev.lock says, with nothing on the machine but Python.
#
#   infra/scripts/env.sh PYTHON
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

LOCK="requirements-dev.lock"
python="${1:-}"
die() { printf '%s\n' "$*" >&2; exit 1; }

if ! .venv/bin/python -c '' 2>/dev/null; then
    [ -n "$python" ] || die "This needs Python 3.11 or later, and there is no python3 here. PYTHON=… names another."
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        die "This needs Python 3.11 or later, and $python is $("$python" -V 2>&1). PYTHON=… names another."
    "$python" -c 'import venv, ensurepip' 2>/dev/null ||
        die "$python cannot make an environment: its venv module is not installed (Debian: apt-get install python3-venv)."
    echo "Making the Python environment in .venv …"
    "$python" -m venv --clear .venv
fi

if [ ! -x .venv/bin/uv ]; then
    # Of uv only the version and the hashes in the lock file are good enough.
    pinned="$(mktemp)"
    trap 'rm -f "$pinned"' EXIT
    awk '/^uv==/ { found = 1 } found { print } found && !/\\$/ { exit }' "$LOCK" >"$pinned"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$pinned"
fi

echo "Installing what $LOCK lists …"
.venv/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes "$LOCK"
touch .venv/.synced
