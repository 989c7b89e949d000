#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "face/api/measuring_engine.hpp"

namespace countersign::evaluation {

/// A file of a list that gave nothing to compare, and why.
struct Failure {
    std::string path;  // as listed
    std::string why;
};

/// The first 1000: one wrong folder makes thousands.
json::array to_json(const std::vector<Failure>& failures);

/// A titled table of the first ten for people; empty without any.
std::string failure_lines(std::string_view title, const std::vector<Failure>& failures);

/// The whole file. Errors: unavailable (not there, or not readable).
Result<Bytes> read_file(const std::filesystem::path& file);

/// What the engine sees in a picture of any kind. A plain JPEG or WebP is given to it as it is; what it
/// refuses, and everything else, is converted first.
/// Errors: of any code: the picture could not be acquired, with the reason in `detail`.
Result<face::Observation> observe_file(face::MeasuringEngine& engine, ByteView encoded,
                                       const std::filesystem::path& file);

}  // namespace countersign::evaluation
