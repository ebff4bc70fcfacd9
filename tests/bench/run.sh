#!/usr/bin/env bash
# Measures Earmark against its rivals on two million segments and prints the table of bars. The exit status is 1 when a
# bar is missed or two programs give different answers.
#
#   tests/bench/setup.sh && tests/bench/run.sh [ARGUMENT OF run.py…]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

cmake --preset release -B build/bench -DEARMARK_BENCH=ON >&2
cmake --build build/bench --target earmark_benches >&2
exec /usr/bin/env python3 -B tests/bench/run.py --build build/bench "$@"
