#!/usr/bin/env bash
# Checks that every C++ file is as clang-format 14 writes it; other versions differ in details. "format.sh -i" puts
# them right.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

format=$(type -P clang-format-14 || type -P clang-format || true)
if [[ -z $format || $("$format" --version) != *'version 14.'* ]]; then
    echo 'clang-format 14 is not there: the format was not checked.'
    exit 77
fi
mapfile -t files < <(find . \( -name .git -o -path ./build \) -prune -o \( -name '*.cpp' -o -name '*.h' \) -print | sort)
if [[ ${1:-} == -i ]]; then
    exec "$format" -i "${files[@]}"
fi

faults=0
for file in "${files[@]}"; do
    if ! "$format" "$file" | cmp -s - "$file"; then
        echo "$file"
        faults=$((faults + 1))
    fi
done
echo "${#files[@]} files, $faults not as clang-format writes them"
((faults == 0)) || {
    echo 'put them right with: tests/checks/format.sh -i'
    exit 1
}
