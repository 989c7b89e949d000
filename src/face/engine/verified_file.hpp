#pragma once

#include <filesystem>
#include <string>

#include "base/bytes.hpp"

namespace countersign::face {

/// Reads a whole file and returns it only if its SHA-256 is the expected one (lower-case hex): what is used
/// is what was hashed. Errors: unavailable, naming the file and the remedy.
Result<Bytes> read_verified(const std::filesystem::path& file, const std::string& sha256);

}  // namespace countersign::face
