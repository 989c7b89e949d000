#include "app/cli/evaluate_commands.hpp"

#include <fstream>

#include "app/cli/progress_line.hpp"
#include "app/engine.hpp"
#include "evaluation/clips.hpp"
#include "evaluation/html_report.hpp"
#include "evaluation/presentation_report.hpp"
#include "evaluation/quality_study.hpp"
#include "evaluation/tuning.hpp"
#include "evaluation/verification_report.hpp"
#include "runtime/parallel_for.hpp"

namespace countersign::app::cli {
namespace {

namespace ev = evaluation;

ev::ParallelFor all_cores(const Config& config) {
    const auto threads = static_cast<unsigned>(compute_threads(config));
    return [threads](std::size_t count, const std::function<void(std::size_t)>& body) {
        runtime::parallel_for(count, threads, body);
    };
}

std::filesystem::path root_of(const EvaluateOptions& options) {
    if (!options.root.empty()) return options.root;
    return std::filesystem::path(options.list).parent_path();
}

/// Of everything that decides about a template: models, manifest, and the program that feeds them.
Result<crypto::Digest32> engine_digest(const ev::Provenance& provenance) {
    const auto program = CS_TRY(ev::read_file("/proc/self/exe"));
    std::string all = to_hex(crypto::sha256(program)) + provenance.manifest;
    for (const auto& model : provenance.models)
        all += model.sha256;
    return crypto::sha256(as_bytes(all));
}

Result<std::string> name_and_hash(const std::filesystem::path& file) {
    const auto content = CS_TRY(ev::read_file(file));
    return fmt::format("{} sha256 {}", file.filename().string(), to_hex(crypto::sha256(content)));
}

Result<ev::Provenance> provenance_of(const Config& config, const EvaluateOptions& options,
                                     const face::MeasuringEngine& engine) {
    ev::Provenance provenance;
    provenance.command = options.command;
    provenance.data = CS_TRY(name_and_hash(options.list));
    provenance.models = engine.models();
    provenance.manifest = CS_TRY(name_and_hash(config.face.manifest));
    return provenance;
}

Result<std::optional<ev::TemplateCache>> cache_of(const EvaluateOptions& options,
                                                  const ev::Provenance& provenance) {
    std::optional<ev::TemplateCache> cache;
    if (options.cache.empty()) return cache;
    const auto digest = CS_TRY(engine_digest(provenance));
    cache = CS_TRY(ev::TemplateCache::open(options.cache, digest));
    return cache;
}

Result<ev::TemplateSet> templates_of(const Config& config, const EvaluateOptions& options,
                                     const ev::ComparisonList& list, face::MeasuringEngine& engine,
                                     const ev::Provenance& provenance) {
    const auto cache = CS_TRY(cache_of(options, provenance));
    ProgressLine line("templates");
    const ev::TemplateSource source{engine, root_of(options), cache ? &*cache : nullptr};
    return ev::make_templates(list.pictures, source, all_cores(config),
                              [&](std::size_t done, std::size_t total) { line.show(done, total); });
}

Result<ev::ScoreSet> scores_of(const Config& config, const ev::ComparisonList& list,
                               const ev::TemplateSet& set, const face::MeasuringEngine& engine) {
    ProgressLine line("comparisons");
    const auto similarity = [&](std::size_t a, std::size_t b) {
        return engine.similarity(*set.templates[a], *set.templates[b]);
    };
    return ev::compare(list, set.present(), similarity, all_cores(config),
                       [&](std::size_t done, std::size_t total) { line.show(done, total); });
}

Result<void> check_sides(const ev::ScoreSet& scores) {
    if (scores.genuine_histogram.total() > 0 && scores.impostor_histogram.total() > 0) return {};
    return fail(ErrorCode::invalid_argument,
                fmt::format("{} genuine and {} impostor comparisons: an evaluation needs both",
                            scores.genuine_histogram.total(), scores.impostor_histogram.total()));
}

Result<void> write_text(const std::filesystem::path& file, const std::string& text) {
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream << text;
    stream.close();
    if (!stream) return fail(ErrorCode::unavailable, fmt::format("{} cannot be written", file.string()));
    return {};
}

Result<Output> evaluate_comparisons(const Config& config, const EvaluateOptions& options,
                                    const ev::ComparisonList& list) {
    const auto engine = CS_TRY(load_measuring_engine(config));
    const auto provenance = CS_TRY(provenance_of(config, options, *engine));
    const auto set = CS_TRY(templates_of(config, options, list, *engine, provenance));
    const auto scores = CS_TRY(scores_of(config, list, set, *engine));
    CS_TRY(check_sides(scores));
    const auto report = ev::summarise(list, set, scores, all_cores(config));
    if (!options.report.empty())
        CS_TRY(write_text(options.report, ev::to_html(report, list, scores, provenance)));
    return Output{ev::to_json(report, list, scores, provenance),
                  ev::to_text(report, list, scores, provenance)};
}

}  // namespace

Result<Output> evaluate_verification(const Config& config, const EvaluateOptions& options) {
    const auto table = CS_TRY(ev::read_csv(options.list));
    const auto list = CS_TRY(ev::pairs_list(table, options.groups));
    return evaluate_comparisons(config, options, list);
}

Result<Output> evaluate_identities(const Config& config, const EvaluateOptions& options) {
    const auto table = CS_TRY(ev::read_csv(options.list));
    const auto list = CS_TRY(ev::identities_list(table, options.groups));
    return evaluate_comparisons(config, options, list);
}

Result<Output> evaluate_quality(const Config& config, const EvaluateOptions& options) {
    const auto table = CS_TRY(ev::read_csv(options.list));
    const auto list = CS_TRY(ev::identities_list(table, options.groups));
    const auto engine = CS_TRY(load_measuring_engine(config));
    const auto provenance = CS_TRY(provenance_of(config, options, *engine));
    const auto cache = CS_TRY(cache_of(options, provenance));
    ProgressLine line("pictures");
    const ev::TemplateSource source{*engine, root_of(options), cache ? &*cache : nullptr};
    const auto measured =
        CS_TRY(ev::measure_pictures(list.pictures, source, all_cores(config),
                                    [&](std::size_t done, std::size_t total) { line.show(done, total); }));
    const auto scores = CS_TRY(scores_of(config, list, measured.set, *engine));
    const auto study = CS_TRY(ev::study_quality(measured, scores, options.fmr));
    return Output{ev::to_json(study, provenance), ev::to_text(study)};
}

Result<Output> evaluate_clips(const Config& config, const EvaluateOptions& options) {
    const auto table = CS_TRY(ev::read_csv(options.list));
    const auto list = CS_TRY(ev::clips_list(table));
    const auto engine = CS_TRY(load_measuring_engine(config));
    const auto provenance = CS_TRY(provenance_of(config, options, *engine));
    const auto frames = static_cast<std::size_t>(options.frames);
    ProgressLine seen("clips");
    const auto templates =
        CS_TRY(ev::make_clip_templates(list, {*engine, root_of(options), nullptr}, frames, all_cores(config),
                                       [&](std::size_t done, std::size_t total) { seen.show(done, total); }));
    ProgressLine compared("comparisons");
    const auto study =
        CS_TRY(ev::study_clips(list, templates, *engine, frames, all_cores(config),
                               [&](std::size_t done, std::size_t total) { compared.show(done, total); }));
    return Output{ev::to_json(study, templates, provenance), ev::to_text(study, templates)};
}

Result<Output> evaluate_pad(const Config& config, const EvaluateOptions& options) {
    const auto table = CS_TRY(ev::read_csv(options.list));
    const auto list = CS_TRY(ev::presentations_list(table));
    const auto engine = CS_TRY(load_measuring_engine(config));
    const auto provenance = CS_TRY(provenance_of(config, options, *engine));
    ProgressLine line("presentations");
    const auto scores =
        CS_TRY(ev::score_presentations(list, *engine, root_of(options), all_cores(config),
                                       [&](std::size_t done, std::size_t total) { line.show(done, total); }));
    const auto point = engine->liveness_point();
    const auto report = ev::summarise(list, scores, point, all_cores(config));
    if (!options.report.empty()) {
        const auto judged = ev::judge_presentations(list, scores, point);
        CS_TRY(write_text(options.report, ev::to_html(report, judged, provenance)));
    }
    return Output{ev::to_json(report, provenance), ev::to_text(report, provenance)};
}

Result<Output> tune_threshold(const Config& config, const EvaluateOptions& options) {
    const auto table = CS_TRY(ev::read_csv(options.list));
    const auto list = CS_TRY(ev::identities_list(table, options.groups));
    const auto engine = CS_TRY(load_measuring_engine(config));
    const auto provenance = CS_TRY(provenance_of(config, options, *engine));
    const auto set = CS_TRY(templates_of(config, options, list, *engine, provenance));
    const auto similarity = [&](std::size_t a, std::size_t b) {
        return engine->similarity(*set.templates[a], *set.templates[b]);
    };
    ProgressLine line("comparisons");
    const auto tuning =
        CS_TRY(ev::tune(list, set.present(), similarity, options.fmr, all_cores(config),
                        [&](std::size_t done, std::size_t total) { line.show(done, total); }));
    const json::object document = ev::to_json(tuning, provenance);
    const bool as_json = std::filesystem::path(options.out).extension() == ".json";
    CS_TRY(write_text(options.out,
                      as_json ? json::serialize(document) + "\n" : ev::to_toml(tuning, provenance)));
    return Output{document, ev::to_text(tuning) + fmt::format("Written to {}\n", options.out)};
}

}  // namespace countersign::app::cli
