#include "evaluation/acquire.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "evaluation/media.hpp"

namespace countersign::evaluation {
namespace {

/// A decode worker that was killed or ran out of time on a busy machine gets a second chance.
Result<face::Observation> observe_twice(face::MeasuringEngine& engine, ByteView encoded) {
    auto seen = engine.observe(encoded);
    if (seen || seen.error().code != ErrorCode::unavailable) return seen;
    return engine.observe(encoded);
}

}  // namespace

json::array to_json(const std::vector<Failure>& failures) {
    constexpr std::size_t kMost = 1000;
    json::array rows;
    for (std::size_t i = 0; i < std::min(kMost, failures.size()); ++i)
        rows.push_back(json::object{{"path", failures[i].path}, {"why", failures[i].why}});
    return rows;
}

std::string failure_lines(std::string_view title, const std::vector<Failure>& failures) {
    constexpr std::size_t kShown = 10;
    if (failures.empty()) return {};
    std::string out = fmt::format("\n{}\n", title);
    for (std::size_t i = 0; i < std::min(kShown, failures.size()); ++i)
        out += fmt::format("  {}: {}\n", failures[i].path, failures[i].why);
    if (failures.size() > kShown)
        out += fmt::format("  and {} more (--json lists them)\n", failures.size() - kShown);
    return out;
}

Result<Bytes> read_file(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::exists(file, error)) return fail(ErrorCode::unavailable, "no such file");
    std::ifstream stream(file, std::ios::binary);
    if (!stream || std::filesystem::is_directory(file, error))
        return fail(ErrorCode::unavailable, "not a file that can be read");
    return Bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

Result<face::Observation> observe_file(face::MeasuringEngine& engine, ByteView encoded,
                                       const std::filesystem::path& file) {
    if (encoded.empty()) return fail(ErrorCode::invalid_argument, "an empty file");
    const bool plain = is_plain(encoded);
    auto seen = plain ? observe_twice(engine, encoded) : fail(ErrorCode::unsupported_media, "");
    if (seen || seen.error().code == ErrorCode::unavailable) return seen;
    const auto converted = convert_picture(file, encoded);
    if (converted) return observe_twice(engine, *converted);
    // Of a picture that both refuse, the engine's word is the shorter one.
    return tl::unexpected(plain ? seen.error() : converted.error());
}

}  // namespace countersign::evaluation
