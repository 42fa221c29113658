#!/usr/bin/env bash
# Measures search: how well it finds in each language on each engine, how fast it is with 1,000 to 100,000 pages, and
# what readers notice when Elasticsearch fails. About an hour, on a machine that does nothing else.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

export VAR_DIR="${VAR_DIR:-$PWD/var}"
infra/scripts/packages.sh postgres redis elasticsearch
infra/services/start postgres redis elasticsearch
set -a
# shellcheck source=/dev/null
. "$VAR_DIR/services/env"
set +a
infra/scripts/search-quality.sh
.venv/bin/python -m infra.benchmarks.search_speed --quality --sqlite
.venv/bin/python -m infra.benchmarks.search_faults
