#!/usr/bin/env bash
# Brings a Debian 12 machine to where the server is built and can run. Safe to repeat; a second run takes seconds.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
. tools/env.sh
mkdir -p .cache/stamps
started=$SECONDS
step="start"
remedy=""

begin() { step=$1; remedy=$2; printf '[%4ss] %s\n' "$((SECONDS - started))" "$step"; }
trap 'printf "\nset-up failed in step: %s\nwhat to do: %s\n" "$step" "$remedy" >&2' ERR

# Runs a command only when the given inputs differ from the last success.
unless_done() { # name fingerprint command…
  local stamp=.cache/stamps/$1 print=$2
  shift 2
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$print" ]; then echo "        up to date"; return; fi
  "$@"
  printf '%s' "$print" > "$stamp"
}
fingerprint() { cat "$@" | sha256sum | cut -d' ' -f1; }

begin "Debian packages" "run as root or with sudo, and check that apt-get update works on this machine"
missing=()
while read -r package; do
  case $package in ''|'#'*) continue ;; esac
  case $package in
    nodejs) command -v node >/dev/null && continue ;;
    npm) command -v npm >/dev/null && continue ;;
  esac
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || missing+=("$package")
done < tools/apt.txt
if [ ${#missing[@]} -gt 0 ]; then
  echo "        installing: ${missing[*]}"
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" > .cache/apt.log 2>&1 \
    || { tail -20 .cache/apt.log >&2; false; }
else
  echo "        up to date"
fi

begin "Node.js 20.19 or newer" "check that npm can reach its registry"
if ! node_is_new_enough "$(command -v node || true)"; then
  unless_done node "$(fingerprint tools/node/package-lock.json)" npm ci --prefix tools/node --ignore-scripts --silent
  . tools/env.sh
fi
echo "        $(node --version)"

begin "npm packages (a first run downloads about 1 GB: models, run time, browser tests)" "check that npm can reach its registry; details are in the npm log named above"
install_npm() { npm ci --ignore-scripts --no-audit --no-fund --loglevel=error; }
npm_print=$(fingerprint package-lock.json)
if [ -d node_modules ] && [ "$(cat .cache/stamps/npm-ci 2>/dev/null)" = "$npm_print" ]; then
  echo "        up to date"
else
  install_npm
  printf '%s' "$npm_print" > .cache/stamps/npm-ci
fi

begin "models and run time" "delete .cache/models and .cache/onnxruntime and run again; a hash that differs means a changed package"
node tools/fetch_models.mjs

begin "pictures for the benchmarks" "check that ffmpeg runs; delete .cache/bench and run again"
node tools/bench_pictures.mjs

begin "web pages" "read the message above; node_modules may be incomplete: delete it and run again"
sources() { git ls-files -z "$@" 2>/dev/null | xargs -0 sha256sum 2>/dev/null | sha256sum | cut -d' ' -f1; }
build_web() { for page in shared facetrack capture portal; do npm run --silent build -w "web/$page" || return; done; }
pages_built() { [ -f web/capture/dist/index.html ] && [ -f web/portal/dist/index.html ] && echo built; }
unless_done web "$(sources web package-lock.json)-$(pages_built)" build_web
printf '%s' "$(sources web package-lock.json)-built" > .cache/stamps/web

begin "server (a first build takes about ten minutes on two cores)" "read the compiler message above"
cmake --preset release > .cache/cmake.log 2>&1 || { tail -20 .cache/cmake.log >&2; false; }
cmake --build --preset release

printf '[%4ss] set-up is complete\n' "$((SECONDS - started))"
