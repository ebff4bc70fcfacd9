#!/usr/bin/env bash
# Checks what compilers do not see: leftovers, paths of one machine, overlong files, blanks, shell scripts, desktop files.
set -euo pipefail
shopt -s lastpipe # so that complain counts here
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

faults=0
# complain WHAT: the lines on standard input are faults, if there are any.
complain() {
    local lines
    lines=$(cat)
    [[ -n $lines ]] || return 0
    printf '%s:\n%s\n' "$1" "$lines"
    faults=$((faults + 1))
}

mapfile -t files < <(find . \( -name .git -o -path ./build -o -path ./.cache \) -prune -o -type f -print | sort)
code=() scripts=() headers=() text=()
for file in "${files[@]}"; do
    case $file in
    *.cpp | *.h | *.py | *.sh | *.cmake | */CMakeLists.txt | */CMakePresets.json | ./.ci/run) code+=("$file") ;;&
    *.h) headers+=("$file") ;;
    *.sh | ./.ci/run) scripts+=("$file") ;;
    esac
    [[ $file =~ \.(png|wav|mka|gz|ico)$ ]] || text+=("$file")
done

# The brackets keep these lines from finding themselves.
grep -nEw 'TO[D]O|FIX[M]E|X[X]X|HA[C]K' "${code[@]}" | complain 'to be done now, or written down as an issue' || true
grep -nE '(^|[^[:alnum:]_.})/-])/(hom[e]|User[s]|roo[t]|wor[k])/' "${text[@]}" |
    complain 'a path of one machine' || true
grep -nP '[ \t]+$|\t|\r' "${code[@]}" | complain 'blanks at the end, tabs or carriage returns' || true

# Deleting goes through base/ownfiles, which follows no link and removes nothing that is not Earmark's own. Exceptions:
# none but that file; a new one needs a reason here.
grep -nE '\b(removeRecursively|QFile::remove|QDir::remove|unlink(at)?|rmdir|rmpath|moveToTrash|remove_all|std::remove|filesystem::remove)[(]|(\.|->)remove[(][)]' \
    "${code[@]}" | grep -E '^\./(app|ui)/' | grep -v '^\./app/base/ownfiles\.cpp:' | complain 'deletes past base/ownfiles' || true

# Names that have a better one now: see the glossary of CONTRIBUTING.
grep -nE '\b(dataset::|TextNumber[s]|LabelSet[s]\b|HashSlot[s]|Gathere[r]|RowSearc[h]|FileFor[m]\b|EngineSetting[s]|Searchabl[e]\b|earmark_datase[t]|manifest:[:]|ClipRecor[d]|WholeFil[e]|FolderDraf[t]|LocalTroubl[e]|PaceFil[e]|EngineDialo[g]|EngineContro[l]|Takeove[r]|ToolFinde[r]|LineText[s]|StateLoo[k]|SoundPla[n]|LabelDoubt[s]|ShelfRecor[d]|earmark_hous[e]|Breake[r]\b|Shel[f]\b|Handove[r]\b|ClipSum[s]|ExportFormatWord[s]|ToolShel[f])' "${code[@]}" |
    grep -v '^\./tests/checks/hygiene\.sh:' | complain 'a retired name' || true

# A clip's progress changes through clips/lifecycle alone; its numbers are read from the ledger in one place.
grep -nE '(progress|status)\.(state|failure|attempts|reason|retryAt)( [-+]?= |\.clear\(\))|(\+\+|--)[a-z]+\.progress\.' "${code[@]}" |
    grep -E '^\./(app|ui)/' | grep -v '^\./app/clips/lifecycle\.cpp:' | complain 'a change of a clip past clips/lifecycle' || true

mapfile -t window < <(printf '%s\n' "${code[@]}" | grep '^\./ui/')
# Labels, tool tips and boxes show plain text (ui/theme/style.cpp); measurements hold numbers alone.
grep -nE 'Qt::(Auto|Rich|Markdown)Text|(set|insert|append)Html\(|setWhatsThis|QTextBrowser' "${window[@]}" |
    grep -vE '^\./ui/(theme/style|clip/clippanel)\.cpp:[0-9]+:.*(AutoText\)|m_measures->setTextFormat)' |
    complain 'a text of other people could be read as HTML' || true
grep -nE '[.>]exec\(|Dialog::get|QMessageBox::(question|information|warning|critical|about)' "${window[@]}" |
    complain 'an event loop within another: use ask() and askForFile(), or popup()' || true
for file in "${code[@]}"; do
    lines=$(wc -l <"$file")
    ((lines <= 500)) || echo "$file: $lines lines"
done | complain 'over 500 lines: split it'
for file in "${code[@]}"; do
    [[ ! -s $file || -z $(tail -c 1 "$file") ]] || echo "$file"
done | complain 'no end of line at the end'
for file in "${headers[@]}"; do
    [[ $(head -n 1 "$file") == '#pragma once' ]] || echo "$file"
done | complain 'a header does not begin with #pragma once'
for file in "${scripts[@]}"; do
    [[ -x $file ]] || echo "$file"
done | complain 'a script that cannot be started'

if type -P shellcheck >/dev/null; then
    { shellcheck "${scripts[@]}" || true; } | complain 'shellcheck'
fi
if type -P desktop-file-validate >/dev/null; then
    { desktop-file-validate resources/*.desktop 2>&1 || true; } | complain 'desktop file'
fi
if type -P appstreamcli >/dev/null; then
    # There is no homepage to name yet.
    { appstreamcli validate --no-net resources/*.metainfo.xml | grep '^[EW]: ' | grep -v 'url-homepage-missing' || true; } |
        complain 'metainfo'
fi

echo "${#files[@]} files, $faults kinds of fault"
((faults == 0))
