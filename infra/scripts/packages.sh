#!/usr/bin/env bash
# Makes sure that the machine has the programs which a task needs. Root on Debian or Ubuntu gets them
# by apt-get; anyone else is told what to install.
#
#   infra/scripts/packages.sh [environment] [postgres] [redis] [elasticsearch] [keycloak] [apertium] [browser] [bench]
set -euo pipefail
# shellcheck source=infra/services/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/../services/common.sh"

have() { command -v "$1" >/dev/null 2>&1; }
have_postgres() { have initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }
have_java() {
    local java
    java="$(java_program)" || return 1
    [ "$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')" -ge 17 ]
}

missing=()
for group in "$@"; do
    case "$group" in
        environment)
            have make || missing+=(make)
            # On Debian a package of its own; another Python brings it along.
            python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
            ;;
        postgres) have_postgres || missing+=(postgresql) ;;
        redis) have redis-server || missing+=(redis-server) ;;
        elasticsearch)
            have_java || missing+=(openjdk-17-jre-headless)
            [ -d "$ELASTICSEARCH_CACHE" ] || have mvn || missing+=(maven)
            ;;
        keycloak)
            have_java || missing+=(openjdk-17-jre-headless)
            [ -d "$KEYCLOAK_CACHE" ] || have mvn || missing+=(maven)
            ;;
        apertium)
            have apertium-apy || missing+=(apertium-apy)
            [ -f /usr/share/apertium/modes/eng-spa.mode ] || missing+=(apertium-eng-spa)
            ;;
        browser)
            have chromium || missing+=(chromium)
            # Without them Arabic and Tigrinya are drawn as boxes.
            [ -d /usr/share/fonts/truetype/noto ] || missing+=(fonts-noto-core)
            ;;
        bench) have wrk || missing+=(wrk) ;;
        *) die "There is no group of packages '$group'." ;;
    esac
done

[ "${#missing[@]}" -gt 0 ] || exit 0
if ! is_root || ! have apt-get; then
    die "This needs programs that the machine lacks. Install these packages (Debian's names): ${missing[*]}"
fi
say "Installing ${missing[*]} …"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# RUNLEVEL=1 keeps the packages from starting servers of their own.
RUNLEVEL=1 apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "${missing[@]}" >/dev/null
