#pragma once

#include "base/result.hpp"

namespace countersign::face {

/// Gives up, for the rest of this process's life, everything but computing and talking over `control_fd`:
/// no file, socket, process or executable mapping (seccomp allow-list; anything else kills the process with
/// SIGSYS), no core dump, bounded memory, CPU time and descriptors.
///
/// Call it with one thread running. Errors: unavailable, with nothing promised about what was already given
/// up. Source: threat T22, requirement S8.
Result<void> confine_this_process(int control_fd);

}  // namespace countersign::face
