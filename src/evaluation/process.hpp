#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "base/bytes.hpp"

namespace countersign::evaluation {

struct ProcessLimits {
    std::size_t output_bytes{0};
    std::chrono::seconds time{0};
};

/// Runs a program (found in PATH) with `input` as its standard input and returns what it writes to standard
/// output. No shell is involved; the file is opened before the program starts, so its name is never read as
/// an option, a pattern or an address.
///
/// Errors: not_found (the program or the file is not there), deadline_exceeded, payload_too_large (more
/// output than allowed), invalid_argument (it ended with an error: the first line it wrote about it).
/// Threads: safe.
Result<Bytes> output_of(const std::vector<std::string>& words, const std::filesystem::path& input,
                        const ProcessLimits& limits);

}  // namespace countersign::evaluation
