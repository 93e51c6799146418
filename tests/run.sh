#!/usr/bin/env bash
# All tests, on both databases and in a real browser. Installs what is missing (Debian, Ubuntu), starts what is needed, and
# stops it again.
#   tests/run.sh          everything
#   tests/run.sh quick    without the release build of the demo
set -euo pipefail
cd "$(dirname "$0")/.."
here=$PWD

step() { printf '\n── %s ── %s\n' "$1" "$(date +%H:%M:%S)"; }

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
trap '"$here/tests/postgres.sh" stop "$TEST_POSTGRES_DIR"' EXIT

cargo="cargo --locked"
features="--features postgres-tls"

step "format"
cargo fmt --check
step "lints"
$cargo clippy --quiet -j2 --all-targets $features -- -D warnings
step "build"
$cargo test --quiet -j2 --no-run $features
step "rules, rooms and the wire (unit, house, wire)"
$cargo test --quiet -j2 $features --lib --test house --test wire
step "through the doors, on SQLite and PostgreSQL (it)"
$cargo test --quiet -j2 $features --test it
step "the real program (process)"
$cargo test --quiet -j2 $features --test process
step "in a real browser (browser)"
$cargo test --quiet -j2 $features --test browser
if [ "${1:-}" != quick ]; then
    step "the demo, as the README starts it"
    $cargo run --quiet --release -- demo --once --directory "$(mktemp -d)/demo"
fi
step "all passed"
