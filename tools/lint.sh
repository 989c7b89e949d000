#!/usr/bin/env bash
# Formatting, types, links and the form of the repository. `--fix` rewrites what can be rewritten.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
. tools/env.sh
fix=${1:-}
failed=0
biome=node_modules/@biomejs/cli-linux-x64/biome
tsc=node_modules/.bin/tsc

check() { # title command…
  local title=$1
  shift
  if "$@"; then printf 'ok      %s\n' "$title"; else printf 'FAILED  %s\n' "$title"; failed=1; fi
}

no_line_with() { # expression [path…]: the matches are printed; git grep answers 1 only when there are none
  local status=0
  git grep -nIE -e "$1" -- "${@:2}" || status=$?
  [ "$status" -eq 1 ]
}

adrs_have_their_form() { # number and title, status line, four sections, no number twice
  local file number wrong=0
  for file in docs/adr/*.md; do
    number=$(basename "$file" | cut -c1-4)
    head -1 "$file" | grep -qE "^# $number [A-Z]" || { echo "$file: the title must begin with $number"; wrong=1; }
    grep -qE '^Status: (accepted|superseded) [0-9]{4}-[0-9]{2}-[0-9]{2}, supersedes (none|[0-9]{4}) +Departs from: ' "$file" ||
      { echo "$file: no Status line"; wrong=1; }
    for section in Context Options Decision Consequences; do
      grep -qE "^(## )?$section\b" "$file" || { echo "$file: no $section"; wrong=1; }
    done
  done
  [ -z "$(ls docs/adr | cut -c1-4 | uniq -d)" ] || { echo "two pages share a number"; wrong=1; }
  [ "$wrong" -eq 0 ]
}

mapfile -d '' cpp < <(git ls-files -z '*.cpp' '*.hpp')
if [ "$fix" = --fix ]; then
  clang-format-19 -i "${cpp[@]}"
  "$biome" check --write .
else
  check "C++ formatting (clang-format 19)" clang-format-19 --dry-run --Werror "${cpp[@]}"
  check "scripts and styles (Biome)" "$biome" check --error-on-warnings .
fi
mapfile -t configs < <(git ls-files '*/tsconfig.json')
for config in "${configs[@]}"; do
  check "types: $(dirname "$config")" "$tsc" --noEmit -p "$config"
done
for script in tools/*.sh .ci/run; do
  check "parses: $script" bash -n "$script"
done
check "lockfiles carry no download address" no_line_with '"resolved": "http' '*package-lock.json'
check "no path or package host of one machine" no_line_with \
  '(^|[^[:alnum:]_.])/(work|root)/|(registry|deb|proxy)\.[a-z]+\.(org|com|dev|io)' ':!tools/lint.sh'
check "decision records have their form" adrs_have_their_form
check "links lead somewhere" node tools/check_links.mjs
exit $failed
