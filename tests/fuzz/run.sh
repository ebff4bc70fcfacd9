#!/usr/bin/env bash
# Builds the fuzz targets with clang and runs each for so many seconds, all at a time, from the inputs in the
# repository; what they find on the way is kept in build/fuzz/found, what makes them fail in build/fuzz.
#
#   tests/fuzz/run.sh SECONDS [TARGET…]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

(($#)) || { echo 'say how long: tests/fuzz/run.sh SECONDS [TARGET…]' >&2 && exit 2; }
seconds=$1
shift
targets=("$@")
((${#targets[@]})) || targets=(query split list manifest labelmap ontology ledger workeroutput)

cmake --preset fuzz >/dev/null
cmake --build --preset fuzz --target fuzz_targets
status=0
pids=()
for target in "${targets[@]}"; do
    mkdir -p "build/fuzz/found/$target"
    nice build/fuzz/bin/"fuzz_$target" -max_total_time="$seconds" -timeout=10 -print_final_stats=1 \
        -artifact_prefix="build/fuzz/$target-" -dict="tests/fuzz/$target.dict" \
        "build/fuzz/found/$target" "tests/fuzz/corpus/$target" >"build/fuzz/$target.log" 2>&1 &
    pids+=($!)
done
for i in "${!pids[@]}"; do
    if wait "${pids[i]}"; then verdict=clean; else verdict=FAILED status=1; fi
    log=build/fuzz/${targets[i]}.log
    echo "${targets[i]}: $verdict, $(grep -E '^Done|^==[0-9]+== *ERROR|does not hold|runtime error' "$log" | head -n 1)"
    grep 'cov:' "$log" | tail -n 1
done
exit $status
