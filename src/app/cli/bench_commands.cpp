#include "app/cli/commands.hpp"
#include "app/engine.hpp"
#include "face/pipeline_bench.hpp"

namespace countersign::app::cli {

Result<Output> bench_pipeline(const Config& config, const BenchOptions& options) {
    const auto times =
        CS_TRY(face::measure_pipeline(engine_options(config), options.pictures, options.rounds));
    std::string text;
    for (const face::StageTime& stage : times.stages) {
        text += fmt::format("{:<14}{:>8.2f} ms p50{:>8.2f} ms p95\n", stage.stage, stage.p50, stage.p95);
    }
    text += fmt::format("{:<14}{:>8.2f} ms p50{:>8.2f} ms p95\n", "one frame", times.frame_cpu_ms_p50,
                        times.frame_cpu_ms_p95);
    text += fmt::format("{:<14}{:>8.2f} ms\n", "nets alone", times.model_ms);
    text += fmt::format("{:<14}{:>8.1f} %\n", "overhead", 100 * times.overhead_ratio());
    text += fmt::format("{:<14}{:>8.2f} ms p50{:>8.2f} ms p95\n", "verification",
                        times.verification_cpu_ms_p50, times.verification_cpu_ms_p95);
    text += fmt::format("{:<14}{:>8.1f} ns, one of two templates\n", "comparison", times.comparison_ns);
    text += fmt::format("{:<14}{:>8.0f} MB resident, {:.0f} MB with {} lanes at work\n", "memory",
                        times.memory.one_lane_mb, times.memory.all_lanes_mb, times.memory.lanes);
    return Output{face::to_json(times), std::move(text)};
}

}  // namespace countersign::app::cli
