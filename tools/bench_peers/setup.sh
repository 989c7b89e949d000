#!/usr/bin/env bash
# What `make bench-peers` needs beyond the set-up: Debian packages and npm packages of its own. Safe to repeat. A package that
# cannot be installed is no error: the benchmark says which peer it skipped for that.
set -euo pipefail
cd "$(dirname "$0")"
missing=()
while read -r package; do
  case $package in ''|'#'*) continue ;; esac
  dpkg-query -s "$package" 2>/dev/null | grep -q '^Status: install ok installed' || missing+=("$package")
done < apt.txt
if [ ${#missing[@]} -gt 0 ]; then
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  echo "installing: ${missing[*]}" >&2
  "${as_root[@]}" apt-get update -qq >&2 &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 ||
    echo "not installed: ${missing[*]}" >&2
fi
if ! cmp -s package-lock.json node_modules/.installed-lock; then
  npm ci --workspaces=false --ignore-scripts --no-audit --no-fund --loglevel=error >&2
  cp package-lock.json node_modules/.installed-lock
fi
