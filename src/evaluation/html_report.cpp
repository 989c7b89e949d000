#include "evaluation/html_report.hpp"

#include "evaluation/svg.hpp"

namespace countersign::evaluation {
namespace {

constexpr std::size_t kCurvePoints = 1000;

constexpr std::string_view kHead = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Face verification report</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b2430; }
pre, code { font: 13px/1.5 ui-monospace, monospace; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
svg { width: 100%; height: auto; } svg text { font-size: 12px; fill: #465264; }
.area { fill: #f7f9fb; } .grid { stroke: #dde3ea; } .curve { fill: none; stroke: #0b5cad; stroke-width: 2; }
.genuine { fill: #0b5cad; fill-opacity: .55; } .impostor { fill: #8793a3; fill-opacity: .6; }
</style></head><body>
)";

std::string models_of(const Provenance& provenance) {
    std::string out = "<ul>";
    for (const auto& model : provenance.models) {
        out += fmt::format("<li>{} <code>{}</code> sha256 <code>{}</code></li>", escape_html(model.role),
                           escape_html(model.id), escape_html(model.sha256));
    }
    return out + "</ul>\n";
}

}  // namespace

std::string to_html(const VerificationReport& report, const ComparisonList& list, const ScoreSet& scores,
                    const Provenance& provenance) {
    const ErrorCurves curves(scores.genuine_histogram, scores.impostor_histogram);
    std::string out(kHead);
    out += "<h1>Face verification report</h1>\n";
    out += fmt::format("<pre>{}</pre>\n", escape_html(to_text(report, list, scores, provenance)));
    out += "<h2>DET curve</h2>\n" + det_curve_svg(curves.det(kCurvePoints)) + "\n";
    out +=
        "<h2>Scores</h2>\n" + score_histogram_svg(scores.genuine_histogram, scores.impostor_histogram) + "\n";
    out += "<h2>Made with</h2>\n" + models_of(provenance);
    out += fmt::format("<p>Data: <code>{}</code></p>\n", escape_html(provenance.data));
    out += fmt::format("<p>Command: <code>{}</code></p>\n", escape_html(provenance.command));
    out += fmt::format(
        "<p>Thresholds are resolved to 0.0001. Intervals are 95 %: Clopper-Pearson takes comparisons for "
        "independent, "
        "the bootstrap draws subjects with replacement ({} replicates, seed {}). A rate is shown where at "
        "least 30 "
        "false matches are expected at it.</p>\n</body></html>\n",
        kReplicates, kBootstrapSeed);
    return out;
}

}  // namespace countersign::evaluation
