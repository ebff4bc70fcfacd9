#!/usr/bin/env bash
# Installs the rivals that this machine can have. One that it cannot have is named here, and in the table as missing.
#
#   tests/bench/setup.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly duckdb=@duckdb/node-api@1.5.6-r.1 rivals=build/bench/rivals

packaging/setup.sh build test
packaging/setup.sh bench || echo "$0: pandas or ripgrep is missing" >&2
if [[ ! -d $rivals/node_modules/@duckdb ]]; then
    mkdir -p "$rivals"
    npm install --silent --no-audit --no-fund --prefix "$rivals" "$duckdb" ||
        echo "$0: DuckDB is missing: Node.js with npm is needed to install $duckdb" >&2
fi
