#include "face/engine/policy.hpp"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>

namespace countersign::face {
namespace {

constexpr std::int64_t kSchema = 1;

tl::unexpected<Error> wrong(const std::filesystem::path& file, std::string_view what) {
    return fail(ErrorCode::unavailable, fmt::format("policy {}: {}", file.string(), what));
}

std::vector<double> numbers(const toml::table& table, std::string_view key) {
    std::vector<double> values;
    if (const toml::array* array = table[key].as_array()) {
        for (const auto& node : *array)
            values.push_back(node.value<double>().value_or(0));
    }
    return values;
}

bool possible(const CalibrationPoint& point) {
    return point.fmr > 0 && point.fmr < 1 && point.threshold > 0 && point.threshold < 1;
}

/// Stricter rates must have higher thresholds.
bool in_order(const std::vector<CalibrationPoint>& points) {
    for (std::size_t i = 1; i < points.size(); ++i) {
        if (points[i].fmr >= points[i - 1].fmr || points[i].threshold <= points[i - 1].threshold)
            return false;
    }
    return true;
}

Result<std::vector<CalibrationPoint>> read_points(const toml::table& table,
                                                  const std::filesystem::path& file) {
    const auto rates = numbers(table, "calibration_fmr");
    const auto thresholds = numbers(table, "calibration_threshold");
    if (rates.empty() || rates.size() != thresholds.size())
        return wrong(file, "calibration_fmr and calibration_threshold must be lists of one length");
    std::vector<CalibrationPoint> points;
    for (std::size_t i = 0; i < rates.size(); ++i)
        points.push_back({rates[i], static_cast<float>(thresholds[i])});
    if (!std::ranges::all_of(points, possible) || !in_order(points))
        return wrong(file, "rates must fall and thresholds rise, all between 0 and 1");
    return points;
}

Result<void> apply(const toml::table& table, const std::filesystem::path& file, Pack& pack) {
    if (table["schema"].value<std::int64_t>() != kSchema) return wrong(file, "unknown schema");
    if (table["embedding_sha256"].value<std::string>() != pack.embedding.sha256)
        return wrong(file, "made with another embedding model; run `countersign tune` again");
    const auto points = CS_TRY(read_points(table, file));
    pack.limits.calibration = merged(pack.limits.calibration, points);
    return {};
}

}  // namespace

Result<void> apply_policy(const std::filesystem::path& file, Pack& pack) {
    if (file.empty()) return {};
    try {
        return apply(toml::parse_file(file.string()), file, pack);
    } catch (const toml::parse_error& error) {
        return wrong(file, error.what());
    }
}

std::vector<CalibrationPoint> merged(const std::vector<CalibrationPoint>& pack,
                                     const std::vector<CalibrationPoint>& policy) {
    std::vector<CalibrationPoint> all = policy;
    for (const CalibrationPoint& point : pack) {
        const bool replaced = std::ranges::any_of(
            policy, [&](const CalibrationPoint& own) { return own.fmr <= point.fmr * (1 + 1e-9); });
        if (!replaced) all.push_back(point);
    }
    std::ranges::sort(all, std::ranges::greater{}, &CalibrationPoint::fmr);
    for (std::size_t i = 1; i < all.size(); ++i)
        all[i].threshold = std::max(all[i].threshold, all[i - 1].threshold);
    return all;
}

}  // namespace countersign::face
