#!/usr/bin/env bash
# Formatting, types and static checks. `--fix` rewrites what can be rewritten.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
. tools/env.sh
fix=${1:-}
failed=0
biome=node_modules/@biomejs/cli-linux-x64/biome
check() { # title command…
  local title=$1
  shift
  if "$@"; then printf 'ok      %s\n' "$title"; else printf 'FAILED  %s\n' "$title"; failed=1; fi
}

mapfile -d '' cpp < <(git ls-files -z '*.cpp' '*.hpp')
if [ "$fix" = --fix ]; then
  clang-format-19 -i "${cpp[@]}"
  "$biome" check --write .
else
  check "C++ formatting (clang-format 19)" clang-format-19 --dry-run --Werror "${cpp[@]}"
  check "scripts and styles (Biome)" "$biome" check .
fi
for config in web/*/tsconfig.json integrations/*/tsconfig.json; do
  check "types: $(dirname "$config")" npx tsc --noEmit -p "$config"
done
check "shell scripts parse" bash -n tools/*.sh .ci/run
check "lockfiles carry no download address" bash -c '! grep -n "\"resolved\": \"http" package-lock.json tools/node/package-lock.json'
exit $failed
