#!/usr/bin/env bash
# Measures Earmark against its rivals and prints the table of bars: the table of two million segments, the engine that
# downloads, the audition of clips, or the manifest. The exit status is 1 when a bar is missed or two programs give different answers.
#
#   tests/bench/setup.sh && tests/bench/run.sh [table|engine|audition|manifest] [ARGUMENT OF THAT SCRIPT…]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

script=run.py
case ${1-} in
table) shift ;;
engine) shift && script=engine.py ;;
audition) shift && script=audition.py ;;
manifest) shift && script=manifest.py ;;
esac
cmake --preset release -B build/bench -DEARMARK_BENCH=ON >&2
cmake --build build/bench --target earmark_benches earmark-cli >&2
exec /usr/bin/env python3 -B "tests/bench/$script" --build build/bench "$@"
