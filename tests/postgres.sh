#!/usr/bin/env bash
# A PostgreSQL of the tests' own, without anything kept on disk for longer than the tests.
#   eval "$(tests/postgres.sh start)"    starts it and exports TEST_POSTGRES_URL and TEST_POSTGRES_DIR
#   tests/postgres.sh halt DIR           stops it at once, as a crash does, and keeps its directory
#   tests/postgres.sh again DIR          starts it again with the same options
#   tests/postgres.sh stop DIR           stops it and removes its directory
# POSTGRES_BIN names the server's binaries, POSTGRES_FSYNC=on keeps what is acknowledged, POSTGRES_OPTIONS are more options of the server.
set -euo pipefail

bin() { # the newest server binaries of this machine
    for directory in "${POSTGRES_BIN:-}" /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/bin; do
        [ -n "$directory" ] && [ -x "$directory/initdb" ] && found=$directory
    done
    [ -n "${found:-}" ] || { echo "PostgreSQL's server binaries are missing: apt-get install postgresql" >&2; exit 1; }
    echo "$found"
}

as_owner() { # PostgreSQL refuses to run as root
    if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi
}

free_port() {
    while :; do
        port=$((20000 + RANDOM % 20000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
}

run_server() { # DIR
    as_owner "$(bin)/pg_ctl" -D "$1/data" -w -l "$1/server.log" -o "$(cat "$1/options")" start >> "$1/log" 2>&1
}

case "${1:-}" in
start)
    bin=$(bin)
    dir=$(mktemp -d /tmp/zhanfu-pg.XXXXXX)
    [ "$(id -u)" = 0 ] && chown postgres "$dir"
    as_owner "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync > "$dir/log" 2>&1
    for try in 1 2 3; do # somebody else may take the port first
        port=$(free_port)
        # what is lost when the machine dies is lost with the tests
        echo "-p $port -k $dir -c listen_addresses=127.0.0.1 -c fsync=${POSTGRES_FSYNC:-off} -c max_connections=300 \
            -c shared_buffers=128MB ${POSTGRES_OPTIONS:-}" > "$dir/options"
        if run_server "$dir"; then break; elif [ $try = 3 ]; then cat "$dir/log" "$dir/server.log" >&2; exit 1; fi
    done
    echo "export TEST_POSTGRES_URL=postgres://postgres@127.0.0.1:$port/postgres TEST_POSTGRES_DIR=$dir"
    ;;
halt)
    as_owner "$(bin)/pg_ctl" -D "$2/data" -m immediate stop >> "$2/log" 2>&1
    ;;
again)
    run_server "$2"
    ;;
stop)
    as_owner "$(bin)/pg_ctl" -D "$2/data" -m immediate stop > /dev/null || [ ! -e "$2/data/postmaster.pid" ]
    rm -rf "$2"
    ;;
*)
    echo "usage: $0 start | halt DIR | again DIR | stop DIR" >&2
    exit 2
    ;;
esac
