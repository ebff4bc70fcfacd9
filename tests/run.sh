#!/usr/bin/env bash
# Sets up, builds and runs the tests: tests/run.sh [ARGUMENT FOR CTEST…], for example tests/run.sh -L unit -R split
# EARMARK_PRESET names another preset than dev.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

packaging/setup.sh build run test newest
if type -P ccache >/dev/null; then
    export CMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER-ccache}
fi
preset=${EARMARK_PRESET:-dev}
cmake --preset "$preset"
cmake --build --preset "$preset"
exec ctest --preset "$preset" "$@"
