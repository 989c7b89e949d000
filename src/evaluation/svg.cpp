#include "evaluation/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace countersign::evaluation {
namespace {

constexpr int kFmrDecades = 6;
constexpr int kFnmrDecades = 4;
constexpr std::size_t kBinsPerColumn = Histogram::kBinsPerUnit / 100;
constexpr std::size_t kPadColumns = 50;

/// So many decades below 1, to 0 … 1.
double on_log_axis(double rate, int decades) {
    return rate <= 0 ? 0 : std::clamp(1 + std::log10(rate) / decades, 0.0, 1.0);
}

PlotPoint on_det(const DetPoint& point) {
    return {on_log_axis(point.fmr, kFmrDecades), on_log_axis(point.fnmr, kFnmrDecades)};
}

std::string percent(double rate) {
    return fmt::format("{:g} %", 100 * rate);
}

void scale_to_highest(std::vector<double>& heights) {
    const double highest = heights.empty() ? 0 : *std::ranges::max_element(heights);
    for (double& each : heights)
        each = highest > 0 ? each / highest : 0;
}

std::vector<double> columns_of(const Histogram& histogram) {
    std::vector<double> heights(Histogram::kBins / kBinsPerColumn + 1);
    for (std::size_t bin = 0; bin < Histogram::kBins; ++bin)
        heights[bin / kBinsPerColumn] += static_cast<double>(histogram.count(bin));
    scale_to_highest(heights);
    return heights;
}

std::vector<double> columns_of(const std::vector<Judged>& judged, bool live) {
    std::vector<double> heights(kPadColumns);
    for (const Judged& each : judged) {
        if (each.live != live || !each.score) continue;
        const double column = std::floor(*each.score * static_cast<double>(kPadColumns));
        heights[static_cast<std::size_t>(std::clamp(column, 0.0, static_cast<double>(kPadColumns - 1)))] += 1;
    }
    scale_to_highest(heights);
    return heights;
}

}  // namespace

std::string det_curve_svg(const std::vector<DetPoint>& points, const std::vector<NamedRates>& marks) {
    Plot plot("DET curve");
    for (int decade = -kFmrDecades; decade <= 0; ++decade) {
        const double rate = std::pow(10.0, decade);
        plot.x_tick(on_log_axis(rate, kFmrDecades),
                    decade < -3 ? fmt::format("1e{}", decade) : percent(rate));
        if (decade >= -kFnmrDecades) plot.y_tick(on_log_axis(rate, kFnmrDecades), percent(rate));
    }
    plot.titles("false match rate (FMR)", "false non-match rate (FNMR)");
    std::vector<PlotPoint> line;
    for (const DetPoint& point : points)
        line.push_back(on_det(point));
    plot.line(line, "curve");
    for (const NamedRates& each : marks)
        plot.mark(on_det(each.rates), each.name);
    return std::move(plot).finish();
}

std::string score_histogram_svg(const Histogram& genuine, const Histogram& impostor,
                                const std::vector<NamedScore>& thresholds) {
    Plot plot("Score histograms");
    for (int fifth = -5; fifth <= 5; ++fifth)
        plot.x_tick((fifth + 5) / 10.0, fmt::format("{:.1f}", fifth / 5.0));
    plot.titles("similarity (cosine)", "share, each as high as its highest");
    plot.columns(columns_of(impostor), "impostor");
    plot.columns(columns_of(genuine), "genuine");
    for (const NamedScore& each : thresholds)
        plot.upright((each.score + 1) / 2, each.name);
    plot.legend("same person", "genuine");
    plot.legend("different people", "impostor");
    return std::move(plot).finish();
}

std::string pad_curve_svg(const std::vector<PadPoint>& curve, const PadPoint& operating) {
    Plot plot("APCER against BPCER");
    for (int fifth = 0; fifth <= 5; ++fifth) {
        plot.x_tick(fifth / 5.0, percent(fifth / 5.0));
        plot.y_tick(fifth / 5.0, percent(fifth / 5.0));
    }
    plot.titles("APCER of the worst species", "BPCER");
    std::vector<PlotPoint> line;
    for (const PadPoint& point : curve) {
        if (!line.empty()) line.push_back({point.apcer, line.back().y});
        line.push_back({point.apcer, point.bpcer});
    }
    plot.line(line, "curve");
    plot.mark({operating.apcer, operating.bpcer}, "in use");
    return std::move(plot).finish();
}

std::string pad_histogram_svg(const std::vector<Judged>& judged, double threshold) {
    Plot plot("p(live) of live and attack presentations");
    for (int fifth = 0; fifth <= 5; ++fifth)
        plot.x_tick(fifth / 5.0, fmt::format("{:.1f}", fifth / 5.0));
    plot.titles("p(live)", "share, each as high as its highest");
    plot.columns(columns_of(judged, false), "impostor");
    plot.columns(columns_of(judged, true), "genuine");
    plot.upright(threshold, "in use");
    plot.legend("live", "genuine");
    plot.legend("attack", "impostor");
    return std::move(plot).finish();
}

}  // namespace countersign::evaluation
