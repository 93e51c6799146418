#!/usr/bin/env bash
# Tests of the tests: breaks each of the six rules that matter, one at a time, in a scratch worktree, and expects the tests to fail.
#   eval "$(tests/postgres.sh start)"; tests/mutants.sh [NAME ...]
# It builds the crate once for each, so it takes a while and is not part of every run.
set -uo pipefail
cd "$(dirname "$0")/.."
here=$PWD
scratch=$(mktemp -d)
git worktree add --quiet --detach "$scratch/tree" HEAD
trap 'git -C "$here" worktree remove --force "$scratch/tree"; rm -rf "$scratch"' EXIT
export CARGO_TARGET_DIR=${MUTANTS_TARGET_DIR:-$scratch/target}
names=("$@")
[ ${#names[@]} -gt 0 ] || names=($(cd tests/mutants && ls -- *.mutant | sed 's/\.mutant$//'))
survived=0
for name in "${names[@]}"; do
    git -C "$scratch/tree" checkout --quiet .
    (cd "$scratch/tree" && python3 - "$here/tests/mutants/$name.mutant") << 'PYTHON'
import sys
text = open(sys.argv[1]).read()
file = text.splitlines()[0].removeprefix("file: ")
find, replace = text.split("---- find\n", 1)[1].split("---- replace\n", 1)
source = open(file).read()
assert source.count(find.rstrip("\n")) == 1, f"{file}: the mutant does not fit"
open(file, "w").write(source.replace(find.rstrip("\n"), replace.rstrip("\n")))
PYTHON
    log="$scratch/$name.log"
    if ! (cd "$scratch/tree" && cargo test --quiet --locked -j2 --features postgres-tls --no-run --lib --test sim) > "$log" 2>&1; then
        result="does not build"; survived=1; tail -20 "$log"
    elif (cd "$scratch/tree" && cargo test --quiet --locked -j2 --features postgres-tls --lib -- engine:: payouts:: limits:: \
        && cargo test --quiet --locked -j2 --features postgres-tls --test sim -- scenarios sqlite seeds_that) >> "$log" 2>&1; then
        result="SURVIVED"; survived=1
    else
        result="found by $(grep -cE '(--- FAILED|\.\.\. FAILED)$' "$log") tests"
    fi
    printf '%-22s %s\n' "$name" "$result"
done
exit $survived
