#pragma once

#include <cstddef>
#include <functional>

namespace countersign::runtime {

/// Calls `body(0)` … `body(count - 1)`, each once and in no fixed order, on `threads` threads (at least one),
/// and returns when all are done. For commands that run and end; the server's work goes through a Lane.
///
/// Threads: `body` is called in parallel and must not throw: an exception ends the program.
void parallel_for(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& body);

}  // namespace countersign::runtime
