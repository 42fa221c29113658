# Shared by start and stop: where the services keep their data, who runs them, and whether they run.
# shellcheck shell=bash

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
VAR_DIR="${VAR_DIR:-var}"
case "$VAR_DIR" in /*) ;; *) VAR_DIR="$ROOT/$VAR_DIR" ;; esac
CACHE_DIR="${CACHE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/vagvisare}"

# Not the usual ports, so that a server which this machine has already is left alone.
POSTGRES_PORT="${POSTGRES_PORT:-54329}"
REDIS_PORT="${REDIS_PORT:-63790}"
ELASTICSEARCH_PORT="${ELASTICSEARCH_PORT:-9219}"
ELASTICSEARCH_NODES="${ELASTICSEARCH_NODES:-1}"
ELASTICSEARCH_SECURITY="${ELASTICSEARCH_SECURITY:-}"
KEYCLOAK_PORT="${KEYCLOAK_PORT:-8180}"
APERTIUM_PORT="${APERTIUM_PORT:-27379}"

SERVICE_USER="vagvisare"
ELASTICSEARCH_VERSION="8.19.8"
# shellcheck disable=SC2034  # the scripts that source this one use it
ELASTICSEARCH_CACHE="$CACHE_DIR/elasticsearch-$ELASTICSEARCH_VERSION"
KEYCLOAK_VERSION="26.0.8"
# shellcheck disable=SC2034
KEYCLOAK_CACHE="$CACHE_DIR/keycloak-$KEYCLOAK_VERSION"

say() { printf '%s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }
is_root() { [ "$(id -u)" -eq 0 ]; }

# Runs a command as the user who owns the servers: PostgreSQL and Elasticsearch refuse root.
as_service() {
    if is_root; then
        (cd / && exec runuser -u "$SERVICE_USER" -- "$@")
    else
        (cd / && exec "$@")
    fi
}

make_service_user() {
    is_root || return 0
    id "$SERVICE_USER" >/dev/null 2>&1 && return 0
    useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin "$SERVICE_USER"
}

# Prints the folder of the servers' data. It lies in VAR_DIR, unless root runs this and the services'
# own user may not enter that folder (a checkout below /root); then below /var/lib.
data_dir() {
    local inside="$VAR_DIR/services"
    mkdir -p "$inside"
    if is_root && ! as_service test -x "$inside" 2>/dev/null; then
        local key
        key="$(printf '%s' "$inside" | cksum | cut -d' ' -f1)"
        printf '/var/lib/vagvisare/services-%s\n' "$key"
    else
        printf '%s\n' "$inside"
    fi
}

give_to_service() {
    if is_root; then chown -R "$SERVICE_USER:" "$1"; fi
}

pid_file() {
    case "$1" in
        postgres) printf '%s\n' "$DATA/postgres/data/postmaster.pid" ;;
        *) printf '%s\n' "$DATA/$1/pid" ;;
    esac
}

# Prints the process number of a service that runs; fails if it doesn't. A number that was left
# behind and went to another program since is told apart by that program's name.
running() {
    local file pid comm
    file="$(pid_file "$1")"
    [ -r "$file" ] || return 1
    read -r pid <"$file" || [ -n "${pid:-}" ] || return 1
    [ -r "/proc/$pid/comm" ] || return 1
    read -r comm <"/proc/$pid/comm" || return 1
    grep -q . "/proc/$pid/cmdline" || return 1 # One that ended and that nobody collected has no command line.
    case "$1:$comm" in
        postgres:postgres | redis:redis-server | elasticsearch:java | elasticsearch-[0-9]:java | keycloak:java | apertium:python3) printf '%s\n' "$pid" ;;
        *) return 1 ;;
    esac
}

stop_service() {
    local name="$1" pid
    pid="$(running "$name")" || return 0
    # For PostgreSQL INT is the fast stop, which doesn't wait for clients to leave.
    if [ "$name" = postgres ]; then kill -INT "$pid"; else kill -TERM "$pid"; fi
    for _ in $(seq 150); do
        running "$name" >/dev/null || return 0
        sleep 0.2
    done
    kill -KILL "$pid" 2>/dev/null || true
}

# True if something accepts connections on a loopback port.
taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Prints the last lines of a log, then stops with a sentence.
die_with_log() {
    local log="$1"
    shift
    [ -r "$log" ] && tail -n 20 "$log" >&2
    die "$*"
}

# True if the service runs on the wanted port already. One that runs on another port is stopped, and
# a wanted port that another program holds stops the start.
ready_on() {
    local name="$1" port="$2" variable="$3"
    if running "$name" >/dev/null; then
        [ "$(cat "$DATA/$name/port" 2>/dev/null)" = "$port" ] && return 0
        stop_service "$name"
    fi
    taken "$port" && die "Port $port, wanted for $name, is taken by another program. Choose another with $variable."
    as_service mkdir -p "$DATA/$name"
    printf '%s\n' "$port" | as_service tee "$DATA/$name/port" >/dev/null
    return 1
}

# Prints the names of Elasticsearch's nodes that were ever started here.
elasticsearch_nodes() {
    local folder
    for folder in "$DATA"/elasticsearch "$DATA"/elasticsearch-[0-9]; do
        if [ -d "$folder" ]; then basename "$folder"; fi
    done
}

java_program() {
    if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
        printf '%s\n' "$JAVA_HOME/bin/java"
    else
        command -v java
    fi
}

# Writes the addresses of the services that run to VAR_DIR/services/env, each as the one setting that
# makes the site use it.
write_env() {
    {
        printf '# The services that run. To use them:  set -a; . %s; set +a\n' "$VAR_DIR/services/env"
        running postgres >/dev/null &&
            printf 'DATABASE_URL=postgres://vagvisare@127.0.0.1:%s/vagvisare\n' "$(cat "$DATA/postgres/port")"
        running redis >/dev/null &&
            printf 'REDIS_URL=redis://127.0.0.1:%s/0\n' "$(cat "$DATA/redis/port")"
        local node nodes=""
        for node in $(elasticsearch_nodes); do
            running "$node" >/dev/null || continue
            nodes="$nodes,$(cat "$DATA/$node/address" 2>/dev/null || printf 'http://127.0.0.1:%s' "$(cat "$DATA/$node/port")")"
        done
        [ -z "$nodes" ] || printf 'ELASTICSEARCH_URL=%s\n' "${nodes#,}"
        [[ "$nodes" != ,https:* ]] || printf 'VAGVISARE_ELASTICSEARCH_CA=%s\n' "$DATA/elasticsearch/ca.crt"
        # No setting of the site: the tests of signing in by a county's provider look for it.
        running keycloak >/dev/null &&
            printf 'KEYCLOAK_URL=http://127.0.0.1:%s\n' "$(cat "$DATA/keycloak/port")"
        # Nor this: the tests of machine translation look for it.
        running apertium >/dev/null &&
            printf 'APERTIUM_URL=http://127.0.0.1:%s\n' "$(cat "$DATA/apertium/port")"
        true
    } >"$VAR_DIR/services/env"
}
