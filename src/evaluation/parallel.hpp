#pragma once

#include <cstddef>
#include <functional>

namespace countersign::evaluation {

/// Calls a function for 0 … count − 1 and returns when all are done. Given by the caller, so that threads
/// stay outside of this module.
using ParallelFor = std::function<void(std::size_t count, const std::function<void(std::size_t)>& body)>;

/// Told after each step of a long run. Called from any thread.
using Progress = std::function<void(std::size_t done, std::size_t total)>;

}  // namespace countersign::evaluation
