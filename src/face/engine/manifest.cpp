#include "face/engine/manifest.hpp"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>

namespace countersign::face {
namespace {

constexpr std::int64_t kSchema = 1;

/// A table of the manifest with the name it goes by in error messages.
struct Section {
    const toml::table* table{nullptr};
    std::string name;

    tl::unexpected<Error> wrong(std::string_view key) const {
        return fail(ErrorCode::unavailable,
                    fmt::format("model manifest: [{}] {} is missing or wrong", name, key));
    }
    Result<std::string> text(std::string_view key) const {
        const auto value = (*table)[key].value_exact<std::string>();
        if (!value || value->empty()) return wrong(key);
        return *value;
    }
    Result<double> number(std::string_view key, double least, double most) const {
        const auto value = (*table)[key].value<double>();
        if (!value || !(*value >= least && *value <= most)) return wrong(key);
        return *value;
    }
};

Result<Section> section(const toml::table& root, const std::string& name) {
    const auto* table = root.at_path(name).as_table();
    if (table == nullptr) return fail(ErrorCode::unavailable, fmt::format("model manifest: no [{}]", name));
    return Section{table, name};
}

Result<std::vector<double>> numbers(const Section& from, std::string_view key) {
    const auto* array = (*from.table)[key].as_array();
    if (array == nullptr || array->empty()) return from.wrong(key);
    std::vector<double> values;
    for (const auto& node : *array) {
        const auto value = node.value<double>();
        if (!value) return from.wrong(key);
        values.push_back(*value);
    }
    return values;
}

Result<ChannelOrder> read_channels(const Section& from) {
    const auto text = CS_TRY(from.text("channels"));
    if (text == "rgb") return ChannelOrder::rgb;
    if (text == "bgr") return ChannelOrder::bgr;
    if (text == "grey") return ChannelOrder::grey;
    return from.wrong("channels");
}

Result<InputFormat> read_input(const Section& from) {
    InputFormat input;
    input.width = static_cast<int>(CS_TRY(from.number("input_width", 1, 1024)));
    input.height = static_cast<int>(CS_TRY(from.number("input_height", 1, 1024)));
    input.channels = CS_TRY(read_channels(from));
    input.mean = static_cast<float>(CS_TRY(from.number("mean", 0, 255)));
    input.divisor = static_cast<float>(CS_TRY(from.number("divisor", 1e-6, 1e6)));
    return input;
}

Result<EmbeddingFormat> read_embedding(const Section& from) {
    EmbeddingFormat format;
    format.values = static_cast<std::size_t>(CS_TRY(from.number("values", 16, 4096)));
    const auto cut = CS_TRY(from.text("cut"));
    if (cut != "template_112" && cut != "chip_150") return from.wrong("cut");
    format.cut = cut == "chip_150" ? FaceCut::chip_150 : FaceCut::template_112;
    return format;
}

Result<ModelEntry> read_model(const toml::table& root, const Section& pack, std::string_view role) {
    const auto name = CS_TRY(pack.text(role));
    const auto from = CS_TRY(section(root, "model." + name));
    ModelEntry model;
    model.name = name;
    model.kind = CS_TRY(from.text("kind"));
    model.version = CS_TRY(from.text("version"));
    model.file = CS_TRY(from.text("file"));
    model.sha256 = CS_TRY(from.text("sha256"));
    model.input = CS_TRY(read_input(from));
    if (model.kind == "embedding") model.embedding = CS_TRY(read_embedding(from));
    model.known_answer.tolerance = static_cast<float>(CS_TRY(from.number("known_answer_tolerance", 1e-9, 1)));
    const auto answer = CS_TRY(numbers(from, "known_answer"));
    for (const double value : answer)
        model.known_answer.values.push_back(static_cast<float>(value));
    if (std::filesystem::path(model.file).filename() != model.file) return from.wrong("file");
    return model;
}

/// Two arrays side by side; both must fall: a stricter rate with a lower threshold would be a mistake.
Result<std::vector<CalibrationPoint>> read_calibration(const Section& pack) {
    const auto rates = CS_TRY(numbers(pack, "calibration_fmr"));
    const auto thresholds = CS_TRY(numbers(pack, "calibration_threshold"));
    if (rates.size() != thresholds.size()) return pack.wrong("calibration_threshold");
    std::vector<CalibrationPoint> points;
    for (std::size_t i = 0; i < rates.size(); ++i) {
        const bool in_order = i == 0 || (rates[i] < rates[i - 1] && thresholds[i] > thresholds[i - 1]);
        const bool possible = rates[i] > 0 && rates[i] < 1 && thresholds[i] > 0 && thresholds[i] < 1;
        if (!in_order || !possible) return pack.wrong("calibration_fmr");
        points.push_back({rates[i], static_cast<float>(thresholds[i])});
    }
    return points;
}

Result<ClearnessWeight> read_clearness(const Section& pack) {
    ClearnessWeight clearness;
    if (!(*pack.table).contains("clearness_weight")) return clearness;
    clearness.usual = static_cast<float>(CS_TRY(pack.number("clearness_usual", 0.1, 1000)));
    clearness.spread = static_cast<float>(CS_TRY(pack.number("clearness_spread", 1e-3, 1000)));
    clearness.weight = static_cast<float>(CS_TRY(pack.number("clearness_weight", 0, 0.2)));
    return clearness;
}

Result<PackLimits> read_limits(const Section& pack) {
    PackLimits limits;
    limits.detector_score = static_cast<float>(CS_TRY(pack.number("detector_score", 0.1, 0.99)));
    limits.same_person = static_cast<float>(CS_TRY(pack.number("same_person", 0.05, 0.99)));
    limits.pad_live = static_cast<float>(CS_TRY(pack.number("pad_live", 0.01, 0.99)));
    limits.pad_frames = static_cast<std::size_t>(CS_TRY(pack.number("pad_frames", 1, 60)));
    limits.calibration = CS_TRY(read_calibration(pack));
    limits.clearness = CS_TRY(read_clearness(pack));
    if ((*pack.table).contains("imprint_scale"))
        limits.imprint_scale = static_cast<float>(CS_TRY(pack.number("imprint_scale", 0.1, 20)));
    return limits;
}

Result<Pack> resolve(const toml::table& root, const std::string& name) {
    if (root["schema"].value<std::int64_t>() != kSchema) {
        return fail(ErrorCode::unavailable, "model manifest: unknown schema");
    }
    const auto from = CS_TRY(section(root, "pack." + name));
    const auto runtime = CS_TRY(section(root, "runtime"));
    Pack pack;
    pack.detector = CS_TRY(read_model(root, from, "detector"));
    const bool quick = (*from.table).contains("quick_detector");
    pack.quick_detector = CS_TRY(read_model(root, from, quick ? "quick_detector" : "detector"));
    pack.landmark = CS_TRY(read_model(root, from, "landmark"));
    pack.embedding = CS_TRY(read_model(root, from, "embedding"));
    pack.pad = CS_TRY(read_model(root, from, "pad"));
    pack.limits = CS_TRY(read_limits(from));
    pack.runtime_sha256 = CS_TRY(runtime.text("sha256"));
    return pack;
}

}  // namespace

Result<Pack> read_pack(const std::filesystem::path& manifest, const std::string& pack) {
    try {
        return resolve(toml::parse_file(manifest.string()), pack);
    } catch (const toml::parse_error& error) {
        return fail(ErrorCode::unavailable,
                    fmt::format("model manifest {}: {}", manifest.string(), error.what()));
    }
}

}  // namespace countersign::face
