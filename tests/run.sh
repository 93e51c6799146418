#!/usr/bin/env bash
# All tests, on both databases and in a real browser. Installs what is missing (Debian, Ubuntu), starts what is needed, and
# stops it again.
#   tests/run.sh          everything
#   tests/run.sh quick    without the release build of the demo
set -euo pipefail
cd "$(dirname "$0")/.."
here=$PWD

names=() began=()
step() {
    names+=("$1") began+=("$SECONDS")
    printf '\n── %s ── %s\n' "$1" "$(date +%H:%M:%S)"
}
times() {
    local number
    began+=("$SECONDS")
    for number in "${!names[@]}"; do
        printf '%5d s  %s\n' $((began[number + 1] - began[number])) "${names[number]}"
    done
    printf '%5d s  in all\n' "$SECONDS"
}

install_missing() {
    local packages=() pg
    command -v cc > /dev/null || packages+=(build-essential)
    command -v pkg-config > /dev/null || packages+=(pkg-config)
    [ -e /usr/include/openssl/ssl.h ] || packages+=(libssl-dev)
    pg=$(ls -d /usr/lib/postgresql/*/bin/initdb 2> /dev/null || true)
    [ -n "$pg" ] || packages+=(postgresql)
    command -v chromium > /dev/null || command -v chromium-browser > /dev/null || packages+=(chromium)
    command -v chromedriver > /dev/null || packages+=(chromium-driver)
    fc-list 2> /dev/null | grep -qi 'cjk' || packages+=(fonts-noto-cjk)
    [ ${#packages[@]} -eq 0 ] && return
    step "installing ${packages[*]}"
    local sudo=
    [ "$(id -u)" = 0 ] || sudo=sudo
    $sudo apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${packages[@]}" > /dev/null
}

install_missing
command -v cargo > /dev/null || { echo "Rust is missing: https://rustup.rs" >&2; exit 1; }

step "PostgreSQL"
eval "$("$here/tests/postgres.sh" start)"
scratch=$(mktemp -d)
trap '"$here/tests/postgres.sh" stop "$TEST_POSTGRES_DIR"; rm -rf "$scratch"' EXIT

cargo="cargo --locked"
features="--features postgres-tls"

step "format"
cargo fmt --check
step "lints"
$cargo clippy --quiet -j2 --all-targets $features -- -D warnings
step "lints of what the production image is built of"
$cargo clippy --quiet -j2 --no-default-features $features -- -D warnings
step "build"
$cargo test --quiet -j2 --no-run $features
step "the plan of the house (house)"
$cargo test --quiet -j2 $features --test house
step "rules, the retry rule as a model, and the wire (unit, model, wire)"
$cargo test --quiet -j2 $features --lib --test wire --test model
step "everything goes wrong at once (sim)"
$cargo test --quiet -j2 $features --test sim
step "through the doors, on SQLite and PostgreSQL (it)"
$cargo test --quiet -j2 $features --test it
step "real processes, killed and paused (process)"
$cargo test --quiet -j2 $features --test process
step "in a real browser (browser)"
$cargo test --quiet -j2 $features --test browser
if [ "${1:-}" != quick ]; then
    step "the demo, as the README starts it"
    $cargo run --quiet --release -- demo --once --directory "$scratch/demo"
    step "the default build says what it needs for TLS to PostgreSQL"
    said=$(ZHANFU_DATABASE_URL='postgres://127.0.0.1/zhanfu?sslmode=verify-full' $cargo run --quiet --release -- migrate 2>&1) \
        && { echo "it was not refused" >&2; exit 1; }
    grep -q -- '--features postgres-tls' <<< "$said" || { echo "$said" >&2; exit 1; }
fi
step "all passed"
times
