#!/bin/bash
# Builds what runs on several threads with ThreadSanitizer and runs its tests: lanes, network, stores, telemetry, the
# face pipeline, whole captures. Stops at the first race. The models' runtime library is not instrumented.
set -euo pipefail
cd "$(dirname "$0")/.."
modules=(runtime net telemetry store face_codec face domain_capture integration)
symbolizer=$(command -v llvm-symbolizer || true)
export TSAN_OPTIONS="halt_on_error=1 external_symbolizer_path=$symbolizer"

cmake --preset tsan > /dev/null
targets=("${modules[@]/#/countersign_}")
cmake --build --preset tsan --target "${targets[@]/%/_test}"
for module in "${modules[@]}"; do
  test=$(find build/tsan -name "countersign_${module}_test" -type f)
  echo "$module"
  "$test" --gtest_brief=1
done
